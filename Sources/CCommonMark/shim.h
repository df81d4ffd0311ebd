// cmark-gfm, the CommonMark parser of code-hosting sites, with its extension for tables.
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

// libarchive, which reads tar and zip as they come.
#include <archive.h>
#include <archive_entry.h>

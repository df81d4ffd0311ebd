// GNU readline for Swift. Its settings are C globals, which Swift 6 rejects as shared mutable state: each one that we
// need is set or read by a function here.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <readline/readline.h>
#include <readline/history.h>

/// Gives the candidates for the text between two offsets of the line, as readline's array of malloc'ed strings, or NULL.
typedef char **(*creadline_completer)(const char *text, int start, int end);

/// readline 8.2 crashes where a search through the history (Ctrl-R) is left by the first key of a longer sequence, as
/// Ctrl-X is. Such a key gives the search up instead, as Ctrl-G does. Escape is not meant: it ends a search properly.
static inline int creadline_getc(FILE *stream) {
  int key = rl_getc(stream);
  const int escape = 0x1B, give_up = 0x07;
  if (RL_ISSTATE(RL_STATE_ISEARCH) && key >= 0 && key <= 255 && key != escape && rl_get_keymap()[key].type == ISKMAP)
    return give_up;
  return key;
}

/// Signals stay with the program; completion asks `completer` alone, except within quotes, where it names files.
static inline void creadline_configure(const char *name, const char *word_breaks, creadline_completer completer) {
  rl_readline_name = strdup(name);
  rl_getc_function = creadline_getc;
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
  rl_basic_word_break_characters = strdup(word_breaks);
  rl_completer_word_break_characters = (char *)rl_basic_word_break_characters;
  rl_completer_quote_characters = "\"";
  rl_attempted_completion_function = completer;
  using_history();
}

static inline const char *creadline_line(void) { return rl_line_buffer; }
static inline void creadline_forbid_file_names(void) { rl_attempted_completion_over = 1; }
static inline void creadline_append_character(int character) { rl_completion_append_character = character; }
static inline int creadline_is_quoted(void) { return rl_completion_quote_character != 0; }

/// Shows the prompt; each finished line goes to `handler`, which owns it; NULL stands for the end of input.
static inline void creadline_begin(const char *prompt, void (*handler)(char *line)) {
  rl_callback_handler_install(prompt, handler);
}

static inline void creadline_end(void) { rl_callback_handler_remove(); }
static inline void creadline_read_key(void) { rl_callback_read_char(); }

/// Gives the line up: what was typed stays visible, followed by ^C and a new line.
static inline void creadline_abandon(void) {
  rl_callback_sigcleanup();
  rl_free_line_state();
  rl_end = rl_end < 0 ? 0 : rl_end;
  rl_point = rl_end;
  rl_redisplay();
  fputs("^C\n", rl_outstream);
  fflush(rl_outstream);
  rl_replace_line("", 1);
}

/// After the program was stopped and continued: the terminal is prepared again and the line shown.
static inline void creadline_resume(void) {
  rl_deprep_terminal();
  rl_prep_terminal(1);
  rl_forced_update_display();
}

static inline void creadline_resize(void) { rl_resize_terminal(); }

// GNU readline for Swift. Its settings are C globals, which Swift 6 rejects as shared mutable state: each one that we
// need is set or read by a function here.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <readline/readline.h>
#include <readline/history.h>

/// Gives the candidates for the text between two offsets of the line, as readline's array of malloc'ed strings, or NULL.
typedef char **(*creadline_completer)(const char *text, int start, int end);

/// Shows candidates below the line: what they have in common, then `count` of them. Their longest has `longest` bytes.
typedef void (*creadline_lister)(char **matches, int count, int longest);

/// readline 8.2 crashes where a search through the history (Ctrl-R) is left by the first key of a longer sequence, as
/// Ctrl-X is. Such a key gives the search up instead, as Ctrl-G does. Escape is not meant: it ends a search properly.
static int (*creadline_queued_key)(void) = NULL;

static inline int creadline_getc(FILE *stream) {
  int key = creadline_queued_key == NULL ? -1 : creadline_queued_key();
  if (key < 0) key = rl_getc(stream);
  const int escape = 0x1B, give_up = 0x07;
  if (RL_ISSTATE(RL_STATE_ISEARCH) && key >= 0 && key <= 255 && key != escape && rl_get_keymap()[key].type == ISKMAP)
    return give_up;
  return key;
}

static inline int creadline_yes(void) { return 1; }

/// While keys are queued, they come before those of the terminal: `next` gives them.
static inline void creadline_queue(int (*next)(void), int is_empty) {
  creadline_queued_key = next;
  rl_input_available_hook = is_empty ? NULL : creadline_yes;
}

/// Signals stay with the program. Completion asks `completer`, keeps the order of its candidates, and has `lister` show them.
static inline void creadline_configure(
    const char *name, const char *word_breaks, creadline_completer completer, creadline_lister lister) {
  rl_readline_name = strdup(name);
  rl_getc_function = creadline_getc;
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
  rl_basic_word_break_characters = strdup(word_breaks);
  rl_completer_word_break_characters = (char *)rl_basic_word_break_characters;
  rl_completer_quote_characters = "\"";
  rl_attempted_completion_function = completer;
  rl_completion_display_matches_hook = lister;
  rl_sort_completion_matches = 0;
  using_history();
}

static inline const char *creadline_line(void) { return rl_line_buffer; }
static inline void creadline_forbid_file_names(void) { rl_attempted_completion_over = 1; }
static inline void creadline_append_character(int character) { rl_completion_append_character = character; }
static inline void creadline_sort_file_names(int sort) { rl_sort_completion_matches = sort; }

/// Writes a text below the line, and shows the line anew below that.
static inline void creadline_show_below(const char *text) {
  rl_crlf();
  fputs(text, rl_outstream);
  fflush(rl_outstream);
  rl_forced_update_display();
}

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

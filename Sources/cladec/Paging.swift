import Console
import Diagnostics

/// How wide lines of prose are: where there is more room, shorter ones are easier to read.
var proseWidth: Int { min(outputWidth, 100) }

/// Writes a text that may be longer than the terminal is high, broken between words: on a terminal a screen at a time, by
/// `$PAGER` where it is set.
func writePaged(_ text: String) throws(Diagnostic) {
  let lines = inColumns(text, width: proseWidth).split(separator: "\n", omittingEmptySubsequences: false)
  do throws(StandardStream.Failure) {
    try Pager(command: environment("PAGER")).show(lines.map(String.init))
  } catch {
    throw Diagnostic(.cannotWrite, "standard output cannot be written: \(error)")
  }
}

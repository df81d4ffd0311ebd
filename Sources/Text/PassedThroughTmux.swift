/// What tmux hands to the terminal that it runs in, if it may (its option `allow-passthrough`).
public func passedThroughTmux(_ sequence: String) -> String {
  "\u{1B}Ptmux;" + sequence.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
}

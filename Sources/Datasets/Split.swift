/// The two parts of a data set.
public enum Split: String, Hashable, Sendable, CaseIterable {
  case train
  case test
}

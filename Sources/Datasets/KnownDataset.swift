/// Every data set that has a name.
public enum KnownDataset: String, CaseIterable, Sendable {
  case garments
  case fashionMNIST = "fashion-mnist"
  case mnist

  public var classes: [String] {
    switch self {
    case .garments, .fashionMNIST: Garments.classes
    case .mnist: (0...9).map { "\($0)" }
    }
  }
}

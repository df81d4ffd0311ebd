/// The four files of a data set in the IDX format.
public struct IDXFiles: Hashable, Sendable {
  public let trainImages: String
  public let trainLabels: String
  public let testImages: String
  public let testLabels: String

  /// The names that MNIST and Fashion-MNIST were published under, without `.gz`.
  public static let names = IDXFiles(
    trainImages: "train-images-idx3-ubyte", trainLabels: "train-labels-idx1-ubyte",
    testImages: "t10k-images-idx3-ubyte", testLabels: "t10k-labels-idx1-ubyte")

  public var all: [String] { [trainImages, trainLabels, testImages, testLabels] }
}

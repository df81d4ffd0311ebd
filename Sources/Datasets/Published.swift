import Text

/// A file of a data set as its authors have published it.
public struct PublishedFile: Sendable {
  /// Where it belongs in a data folder.
  public let path: String
  /// Where it is to be had: the authors' address first, where that still answers.
  public let addresses: [String]
  /// In bytes.
  public let size: Int
  public let digest: SHA256.Digest

  /// The last part of its path.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  fileprivate init?(_ path: String, from folders: [String], _ size: Int, _ digest: String) {
    guard let digest = SHA256.Digest(digest) else { return nil }
    (self.path, self.size, self.digest) = (path, size, digest)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    addresses = folders.map { $0 + name }
  }
}

extension KnownDataset {
  /// What there is to download; nothing where it is built in. Fashion-MNIST and CIFAR-10 are published with MD5 digests, which
  /// these files have too; Tiny ImageNet is published without any, and its digest is that of the file as everybody has it.
  public var published: [PublishedFile] {
    let known: [PublishedFile?]
    switch self {
    case .garments, .points: known = []
    case .fashionMNIST:
      known = idxFiles(
        from: ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"],
        [
          (26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
          (29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
          (4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
          (5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ])
    case .mnist:
      known = idxFiles(
        // The authors' page mostly refuses; PyTorch's users have theirs from the second.
        from: ["https://yann.lecun.com/exdb/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"],
        [
          (9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
          (28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
          (1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
          (4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ])
    case .cifar10:
      known = [
        PublishedFile(
          "cifar-10-binary.tar.gz", from: ["https://www.cs.toronto.edu/~kriz/"], 170_052_171,
          "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")
      ]
    case .tinyImageNet:
      known = [
        PublishedFile(
          "tiny-imagenet-200.zip", from: ["http://cs231n.stanford.edu/"], 248_100_043,
          "6198c8ae015e2b3e007c7841da39ec069199b9aa3bfa943a462022fe5e43c821")
      ]
    }
    return known.compactMap { $0 }
  }

  /// The four files of the IDX format, gzipped, in the order of their names.
  private func idxFiles(from: [String], _ facts: [(size: Int, digest: String)]) -> [PublishedFile?] {
    zip(IDXFiles.names, facts).map { PublishedFile("\(rawValue)/\($0).gz", from: from, $1.size, $1.digest) }
  }
}

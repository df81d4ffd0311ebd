import Figures
import Foundation
import Host
import Testing
import Workbench

/// What is offered where the cursor is.
@Suite struct CompletionTests {
  private let session: Session

  init() {
    session = Session(.here)
    for line in [
      "let garments = load \"garments\", train: 20, test: 20", "let C = train vgg5, on: garments, epochs: 1",
      "let E = cladec C, layer: -1, epochs: 1", "let T = evaluate E",
      "let S = train vgg5, on: garments, epochs: 1, seed: 1...2", "let n = 3", "let word = \"x\"",
      "let W = cladec S, layer: [-1, -3], epochs: 1",
    ] { session.enter(line) { _ in } }
  }

  private func offered(_ text: String) -> [String] { session.completion(of: text).suggestions.map(\.text) }

  @Test("exactly what fits is offered, the likeliest first") func exact() {
    let cases: [(text: String, offered: [String])] = [
      ("let ", []), ("let x", []), ("let x ", []), ("param ", []), ("let x = tr", ["train", "true"]),
      ("tra", ["train"]),
      ("train vgg5, on: ", ["garments", "garments.train", "garments.test", "C.data", "E.data"]),
      ("train vgg5, on: garments.te", ["test"]), ("train vgg5, on: garments, e", ["epochs:"]),
      ("train vgg5, ", ["on:", "epochs:", "seed:", "batch:", "rate:", "decay:"]),
      ("train vgg5, on: garments, epochs: 3, ", ["seed:", "batch:", "rate:", "decay:"]),
      ("let D = train(vgg5,\n  on: ", ["garments", "garments.train", "garments.test", "C.data", "E.data"]),
      ("train(vgg5, on: garments, s", ["seed:"]),
      ("train vgg5, on: garments", ["garments", "garments.train", "garments.test"]),
      ("train vgg5, on: garments ", []), ("accuracy(", ["C", "S", "E.classifier"]), ("loss(", ["E", "W"]),
      ("show loss(", ["E", "W"]),
      ("agreement(C, ", ["E", "W"]), ("agreement(C, E, ", ["on:"]),
      ("cladec C, layer: -", ["-1", "-2", "-3", "-4", "-5"]),
      ("cladec C, layer: -3", ["-3"]), ("cladec C, layer: [-1, \"conv3", ["conv3"]),
      ("cladec C, layer: \"conv", ["conv4", "conv3", "conv2", "conv1"]), ("load \"", ["garments", "points"]),
      ("load \"garments\", classes: [\"Bag\", \"T", ["T-shirt/top", "Trouser"]),
      ("grid [input], of: garments.test, where: class == \"B", ["Bag"]),
      (
        "grid [input], of: garments.test, where: class == ",
        [
          "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
        ].map { "\"\($0)\"" }
      ),
      ("grid [input], of: garments.test, where: \"B", []), ("grid E, where: predicted(C) != \"B", ["Bag"]),
      ("grid E, where: predicted(", ["C", "S", "E.classifier"]), ("mean(accuracy(S), over: \"", ["seed"]),
      ("mean(accuracy(C), over: \"", []), ("table T, columns: \"squ", ["squared error"]),
      ("table T, columns: [\"mse\", \"classif", ["classification", "classifier accuracy"]),
      ("garments.", ["train", "test", "classes", "name", "factors"]), ("show garments.tr", ["train"]),
      ("garments.test[0...7].", ["count", "classes"]), ("n.", []), ("absent.", []), ("show \"he", []),
      ("# tr", []), ("S[", ["seed:"]), ("S[seed: ", ["1", "2"]), ("show S[seed: [1, ", ["1", "2"]), ("S[seed: 1, ", []),
      ("S[sed: ", []), ("W[", ["seed:", "layer:"]), ("W[layer: -", ["-1", "-3"]), ("W[layer: -1, ", ["seed:"]),
      ("W[layer: -1, seed: ", ["1", "2"]), ("loss(W[layer: -", ["-1", "-3"]), ("W[layer: \"", []),
      ("T[\"squ", ["squared error"]), ("T[\"acc", ["accuracy on reconstructions"]), ("show T[\"lay", ["layer"]),
      ("T[mo", ["model:"]), ("T[model: \"", ["ClaDec"]), ("T[model: ", ["\"ClaDec\""]), ("T[\"recipe", []),
      ("load \"mnist\", classes: [\"3\", \"", (0...9).map { "\($0)" }),
      ("load \"cifar-10\", classes: \"tr", ["truck"]), ("load \"fashion-mnist\", classes: \"San", ["Sandal"]),
      ("plot \"", ["curves", "lines", "bars", "scatter", "histogram", "confusion"]), ("garments.test[", []),
      ("load \"garments\", save: \"", []),
      ("grid E, save: \"", []), ("help swe", ["sweeps"]), ("help E02", (0...9).map { "E02\($0)" }), ("help train ", []),
      ("?swe", ["sweeps"]), ("drop ga", ["garments"]), ("drop n, wo", ["word"]), ("time tra", ["train"]),
      ("save \"", []), ("vars ", []), ("tour ", ["again", "on"]), ("expect accuracy(C) > 0.5 and lo", ["loss("]),
      ("let y = n\ntrain vgg5, o", ["on:"]), ("conv(8, activation: \"s", ["sigmoid"]),
    ]
    for (text, expected) in cases { #expect(offered(text) == expected, "\(text)") }
  }

  @Test("what is of another kind is not offered") func kinds() {
    let cases: [(text: String, has: [String], hasNot: [String])] = [
      ("", ["load", "let", "expect", "C", "accuracy(", "vars", "tour"], ["conv(", "class", "true", "on:", "_"]),
      ("train ", ["vgg5", "resnet10", "C"], ["garments", "n", "E", "load", "on:", "accuracy("]),
      ("cladec ", ["C", "S"], ["vgg5", "garments", "E"]), ("grid [", ["input", "E"], ["C", "garments", "class"]),
      ("network [", ["conv(", "dense(", "residual("], ["C", "accuracy(", "garments"]),
      ("network [dense(", ["classes", "n"], ["channels", "word", "accuracy("]),
      ("grid E, where: ", ["class", "predicted(", "n"], ["garments", "accuracy(", "conv("]),
      ("expect ", ["accuracy(", "n", "true"], ["train", "class", "conv("]),
      ("mean(", ["accuracy(", "n"], ["C", "conv("]),
      ("evaluate E, judge: ", ["vgg5"], ["C", "garments"]), ("cladec C, ", ["layer:", "alpha:"], ["C", "seed"]),
      ("let z = ", ["train", "load", "accuracy(", "C"], ["vars", "let"]),
      ("table T, rows: \"", ["layer"], ["squared error", "recipe"]),
      ("grid E, rows: \"", ["image", "layer"], ["mse"]), ("train vgg5, on: garments, epochs: ", ["n"], ["word", "C"]),
      ("conv(8, norm: ", ["true", "false"], ["C"]),
    ]
    for (text, has, hasNot) in cases {
      let offered = Set(offered(text))
      #expect(offered.isSuperset(of: has), "\(text): \(Set(has).subtracting(offered))")
      #expect(offered.isDisjoint(with: hasNot), "\(text): \(offered.intersection(hasNot))")
    }
  }

  @Test("a notebook's name is completed as a file's, and only within its quotes") func files() {
    #expect(session.completion(of: "run \"a").isOfFiles)
    #expect(!session.completion(of: "run ").isOfFiles && !session.completion(of: "load \"").isOfFiles)
  }

  @Test("behind load folders and archives are offered, and the classes that are in them") func folders() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "cladec-completion-\(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    for path in ["pets/cat", "pets/dog", "pens", ".hidden"] {
      try FileManager.default.createDirectory(at: root.appending(path: path), withIntermediateDirectories: true)
    }
    let pixel = try encodePNG(try Raster(width: 1, height: 1, channels: 1, pixels: [0]))
    for path in ["pets/cat/a.png", "pets/cat/b.png", "pets/dog/a.png", "pets/dog/b.png"] {
      try Data(pixel).write(to: root.appending(path: path))
    }
    for name in ["pets.zip", "pets.txt"] { try Data().write(to: root.appending(path: name)) }
    let start = root.path + "/"
    #expect(offered("load \"\(start)pe") == ["pens/", "pets.zip", "pets/"].map { start + $0 })
    #expect(offered("load \"\(start)pets/") == ["cat/", "dog/"].map { start + "pets/" + $0 })
    #expect(offered("load \"\(start).") == [start + ".hidden/"] && offered("load \"\(start)absent/").isEmpty)
    #expect(offered("load \".") == ["./"] && offered("load \"..") == ["../"])
    #expect(offered("load \"\(start)pets\", classes: [\"") == ["cat", "dog"])
    #expect(offered("load \"\(start)absent\", classes: [\"").isEmpty)
  }

  @Test("each candidate has a line about it, and what is followed by something says so") func notes() {
    for text in ["", "train vgg5, ", "train ", "cladec C, layer: ", "load \"", "garments.", "help "] {
      for suggestion in session.completion(of: text).suggestions where !["true", "false"].contains(suggestion.text) {
        #expect(!suggestion.note.isEmpty, "\(text)\(suggestion.text)")
      }
    }
    let followed = session.completion(of: "").suggestions.filter(\.isFollowed).map(\.text)
    #expect(Set(followed).isSuperset(of: ["train", "let", "drop"]) && !followed.contains("vars"))
    #expect(session.completion(of: "train vgg5, ").suggestions.allSatisfy { $0.isFollowed })
  }

  @Test("asking changes nothing, whatever is typed") func harmless() {
    let before = session.environment.names
    for text in [
      "let a = 3\nlet b = a", "grid E, save: \"f", "cladec(cladec(", "))].", "\"\"\"", "a.b.c.", "[[[", "let", "\\",
    ] {
      _ = session.completion(of: text)
      for end in text.indices { _ = session.completion(of: String(text[..<end])) }
    }
    #expect(session.environment.names == before)
  }
}

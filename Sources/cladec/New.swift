import ArgumentParser
import Diagnostics
import Files
import Notebooks
import Text

/// `cladec new NB`
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a notebook to start from.",
    discussion: """
      It trains a small classifier on garments, decodes two of its layers, and compares them with the reference, within a minute. A file that is there \
      already is never replaced.

          cladec new mine
          cladec run mine.cladec
      """)

  @Argument(
    help: ArgumentHelp(
      "The notebook; its name ends in .cladec, which is added where it is missing.", valueName: "notebook"))
  var notebook: String

  func validate() throws {
    if notebook.isEmpty || notebook.hasSuffix("/") {
      throw ValidationError("new takes the name of a file, such as mine.cladec.")
    }
  }

  func run() throws {
    let path = notebook.hasSuffix(".cladec") ? notebook : notebook + ".cladec"
    do throws(FileError) {
      try createFile(path, Array(startingNotebook(named: path).utf8))
    } catch {
      let help = error.reason == .isThere ? "choose another name; cladec run \(path) runs this one" : nil
      throw Diagnostic(.cannotWrite, "\(path) cannot be written: \(error.words)", help: help)
    }
    try writeLine("\(path): a notebook to start from; cladec run \(path) runs it")
  }
}

/// Every statement in it is worth trying with other numbers.
private func startingNotebook(named path: String) -> String {
  let file = path.split(separator: "/").last.map(String.init) ?? path
  // A heading on one line, in which nothing is markup.
  let title = printable(String(file.dropLast(".cladec".count))).map { character in
    "\\`*_[]<>&$".contains(character) ? "\\\(character)" : String(character)
  }.joined()
  return """
    \(Notebook.firstLine)
    # \(title)

    What is asked here, and what was found.

    ## A classifier

    `param` gives a value that the command line may replace: `cladec run FILE --set images=4000`.

    ```cladec
    param images = 1000
    param epochs = 3

    let garments = load "garments", train: images, test: 300
    let C = train vgg5, on: garments, epochs: epochs
    ```

    ## Its layers, decoded

    Two layers: −1 are the logits, −3 is a map in the middle. ClaDec restores the pictures from what the classifier's layers tell; RefAE learns the same layers
    afresh, for nothing but restoring.

    ```cladec
    let E = cladec C, layer: [-1, -3], epochs: epochs
    let R = refae C, layer: [-1, -3], epochs: epochs
    grid [input, R, E], of: garments.test[0...7], save: "layers"
    ```

    ## What is left

    The logits tell less of the picture than the layer before them.

    ```cladec
    let T = evaluate [E, R]
    table T, rows: "layer", columns: ["squared error", "mse"], save: "errors"
    expect loss(E[layer: -1]) > loss(E[layer: -3])
    ```

    """
}

import Experiments
import Images
import Interpreter
import Networks
import Tensors
import Text

// Whether networks and images go together: found before anything is trained.

/// The network's layers on images of this data set, after making sure that it can tell its classes apart.
/// - Parameter input: what it sees of an image, if that is not the image alone.
func classifyingLayers(
  of architecture: Architecture, on dataset: DatasetValue, input: Shape? = nil, at place: Fault.Place
) throws(Fault) -> [Layer] {
  guard let last = architecture.blocks.last?.kind as? Dense else {
    let block = architecture.blocks.last?.definition ?? "nothing"
    throw WorkbenchMistake.noLogits(network: architecture.name, last: block).fault(at: place)
  }
  if let outputs = last.outputs, outputs != dataset.classes.count {
    throw WorkbenchMistake.wrongOutputs(
      network: architecture.name, outputs: outputs, classes: dataset.classes.count, dataset: dataset.name
    ).fault(at: place)
  }
  do throws(ShapeError) {
    return try NetworkSite(architecture, input: input ?? dataset.shape, classes: dataset.classes.count).layers()
  } catch {
    throw WorkbenchMistake.shape(error, network: architecture.name).fault(at: place)
  }
}

/// Images that a classifier is applied to have the size and the classes that it learned.
func checkImages(_ images: ImagesValue, fit classifier: ClassifierValue, at label: String) throws(Fault) {
  let expected = classifier.dataset
  guard images.dataset.shape == expected.shape, images.dataset.classes.count == expected.classes.count else {
    throw WorkbenchMistake.otherImages(
      expected: "\(expected.shape), \(counted(expected.classes.count, "class"))",
      given: "\(images.dataset.shape), \(counted(images.dataset.classes.count, "class"))",
      classifier: classifier.label, differs: images.dataset.shape == expected.shape ? "classes" : "size"
    ).fault(at: .argument(label))
  }
}

/// Nothing is learned from no images.
func checkNotEmpty(_ images: ImagesValue, at label: String) throws(Fault) {
  guard images.count > 0 else { throw WorkbenchMistake.noImages("'\(label):'").fault(at: .argument(label)) }
}

import Images
import Tensors

public enum TrainingError: Error, Hashable, Sendable {
  case interrupted
  /// The loss became infinite or no number. Epoch and step count from 0.
  case diverged(epoch: Int, step: Int)
  case noImages
  /// The images are not of the shape that the model was made for.
  case wrongImages(expected: Shape, found: Shape)
  case wrongClasses(expected: Int, found: Int)
  case shape(ShapeError)
  case badOptions(String)
  /// It takes more bytes than it may.
  case memory(needed: Int, limit: Int)
  /// Arrays, of a model or of a training on its way, that are not what is to be made of them.
  case arrays(ArrayError)
}

extension Blueprint {
  /// The same as `init`, for whoever trains.
  package static func forTraining(
    _ architecture: Architecture, input: Shape, classes: Int
  ) throws(TrainingError) -> Blueprint {
    do { return try Blueprint(architecture, input: input, classes: classes, output: .classes) } catch {
      throw .shape(error)
    }
  }
}

extension LabelledImages {
  /// Refuses images of another shape or with other classes than a model was made for.
  package func check(shape expected: Shape, classes known: Int) throws(TrainingError) {
    guard shape == expected else { throw .wrongImages(expected: expected, found: shape) }
    guard classes == known else { throw .wrongClasses(expected: known, found: classes) }
  }
}

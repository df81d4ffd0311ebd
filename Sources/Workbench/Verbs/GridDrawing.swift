import Figures
import Interpreter
import Networks

/// Draws images and their reconstructions as a labelled grid. Under each picture that the classifier takes for another class than
/// the image's stands the class that it takes it for.
struct GridDrawing {
  let laboratory: Laboratory
  let images: ImagesValue
  let chosen: [Int]
  let rows: [GridRow]

  var figure: FigureValue {
    get throws(Fault) {
      let samples = try laboratory.samples(images).selecting(chosen)
      let names = samples.labels.map { images.dataset.classes[Int($0)] }
      let context = rows.compactMap(\.autoEncoder).first
      var drawn: [ImageGrid.Row] = []
      for row in rows {
        var pictures = samples
        if let autoEncoder = row.autoEncoder {
          guard let made = try laboratory.reconstruct(samples, with: autoEncoder) else { continue }
          pictures = made
        }
        let judge = row.autoEncoder ?? context
        let decisions = try judge.map { value throws(Fault) in try laboratory.decisions(value, on: pictures) } ?? nil
        drawn.append(
          ImageGrid.Row(label: row.label, images: try self.pictures(pictures, decisions: decisions?.classes)))
      }
      let grid = ImageGrid(columns: names, rows: drawn, caption: caption(context))
      do throws(FigureError) {
        return FigureValue(raster: try grid.raster(), title: title)
      } catch {
        throw LabMistake.figure(error.description).fault(at: .whole)
      }
    }
  }

  private var title: String {
    "\(chosen.count) of \(images.count) images of \(images.label) in \(rows.count) rows: "
      + rows.map { $0.label.split(separator: "\n").joined(separator: " ") }.joined(separator: "; ")
  }

  private func caption(_ autoEncoder: AutoEncoderValue?) -> String? {
    autoEncoder.map { "Framed: \($0.classifier.label) takes the picture for another class than the image's." }
  }

  private func pictures(_ samples: Samples, decisions: [UInt8]?) throws(Fault) -> [GridImage] {
    let shape = samples.shape
    var pictures: [GridImage] = []
    for index in 0..<samples.count {
      let wrong = decisions.flatMap { $0[index] == samples.labels[index] ? nil : $0[index] }
      do throws(FigureError) {
        pictures.append(
          try GridImage(
            height: shape.height, width: shape.width, channels: shape.channels, values: samples.image(index),
            note: wrong.map { images.dataset.classes[Int($0)] }, isMarked: wrong != nil))
      } catch {
        throw LabMistake.figure(error.description).fault(at: .whole)
      }
    }
    return pictures
  }
}

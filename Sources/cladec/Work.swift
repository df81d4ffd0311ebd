import ArgumentParser
import Clusters
import Diagnostics
import Files
import Workbench

/// `cladec work ORDER…`
struct Work: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the jobs of work orders, and put them into the store.",
    discussion: """
      A work order is a file that cladec submit writes: a notebook, and which of its jobs is wanted. What a job needs must be in the \
      store, or be among the orders. Exit status 0: every job that was ordered is in the store.
      """)

  @Argument(help: ArgumentHelp("The files.", valueName: "order"))
  var orders: [String]

  @OptionGroup var surroundings: Surroundings

  func validate() throws {
    if surroundings.isWithoutStore { throw ValidationError("work puts what it makes into the store.") }
  }

  func run() throws {
    guard storeFolder(surroundings) != nil else {
      throw ValidationError("There is no store: name its folder with --store DIR.")
    }
    var found: [Diagnostic] = []
    var groups: [[WorkOrder]] = []
    for path in orders {
      do throws(Diagnostic) {
        let order = try Self.read(path)
        // One notebook is checked once.
        if let place = groups.firstIndex(where: { $0.first?.isSameText(as: order) ?? false }) {
          groups[place].append(order)
        } else {
          groups.append([order])
        }
      } catch {
        writeDiagnostic(error)
        found.append(error)
      }
    }
    for group in groups {
      found += try Self.make(group, surroundings)
      if Ending(found) == .interrupted { break }
    }
    try Ending(found).exit()
  }

  private static func make(_ group: [WorkOrder], _ surroundings: Surroundings) throws -> [Diagnostic] {
    let bar = TrainingBar(isQuiet: false)
    let session = Session(
      surroundings, settings: group[0].settings, folders: group[0].dataFolders, bar: bar)
    let found = try Worker(group, session: session, version: Cladec.configuration.version).run {
      event throws(Diagnostic) in
      bar.finish()
      switch event {
      case .made(let title): try writeLine("made \(title)")
      case .wasThere(let title): try writeLine("in the store: \(title)")
      }
    }
    bar.finish()
    for mistake in found { writeDiagnostic(mistake) }
    return found
  }

  private static func read(_ path: String) throws(Diagnostic) -> WorkOrder {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path, limit: 2 * largestText) } catch {
      throw Diagnostic(
        error.reason == .missing ? .missingFile : .brokenFile, "\(path) cannot be read: \(error.words)")
    }
    do throws(WorkOrder.Failure) { return try WorkOrder(reading: bytes) } catch {
      let reason =
        switch error {
        case .noJSON(let error): "\(error)"
        case .otherFormat: "it does not say that it is one of this version"
        case .lacks(let name): "it lacks '\(name)', or has something else there"
        }
      throw Diagnostic(
        .brokenFile, "\(path) is no work order: \(reason)", help: "cladec submit writes them anew")
    }
  }
}

import Diagnostics
import Notebooks
import Tensors
import Workbench

/// Any: nothing is computed.
private let machine = Machine(features: [], cores: 1, memory: 1 << 30)

/// What libFuzzer calls with the bytes of a notebook: it is read, checked and formatted, and every mistake rendered. It
/// must neither trap nor hang nor fill the memory; what it answers does not matter.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzNotebook(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let notebook = Notebook(parsing: SourceFile(name: "fuzz.cladec", bytes: bytes))
  // No data folders: no file of this machine is read.
  for mistake in NotebookRunner(notebook, session: Session(machine)).check() { _ = render(mistake, colour: true) }
  _ = notebook.canonicalForm()
  return 0
}

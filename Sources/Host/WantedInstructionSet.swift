import Tensors
import Text

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The variable `CLADEC_SIMD` asks for what this machine does not have.
public struct NoSuchInstructionSet: Error {
  public let message: String
}

/// The instruction set that the variable `CLADEC_SIMD` asks for; none where it says nothing.
public func wantedInstructionSet() throws(NoSuchInstructionSet) -> InstructionSet? {
  guard let name = getenv("CLADEC_SIMD").map({ String(cString: $0) }), !name.isEmpty else { return nil }
  let sets = Machine.here.instructionSets
  guard let set = sets.first(where: { $0.rawValue == name }) else {
    let names = sets.map(\.rawValue).joined(separator: ", ")
    throw NoSuchInstructionSet(message: "The variable CLADEC_SIMD is '\(printable(name))'; this machine has \(names).")
  }
  return set
}

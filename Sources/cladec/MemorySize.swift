import ArgumentParser
import Text

/// A number of bytes as it is typed: `512M`, `1.5G`, `2GiB`.
struct MemorySize: ExpressibleByArgument {
  let bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    guard let bytes = Text.bytes(ofBinarySize: argument) else { return nil }
    self.bytes = bytes
  }
}

import ArgumentParser
import Console

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Parses the command line and ends with the exit status that the language's page promises: mistakes in it are 2.
@main
enum Main {
  static func main() {
    Interrupt.install()
    do {
      var command = try Cladec.parseAsRoot()
      try command.run()
    } catch {
      let message = Cladec.fullMessage(for: error)
      let code = Cladec.exitCode(for: error)
      if !message.isEmpty { writeLine(message, to: code.isSuccess ? .output : .error) }
      exit(code == .validationFailure ? 2 : code.rawValue)
    }
  }
}

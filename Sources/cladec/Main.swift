import ArgumentParser
import Console
import Diagnostics
import Host
import Workbench

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
    StandardStream.reserve()
    raiseStackLimit()
    Interrupt.install()
    refuseEnvironment()
    do {
      var command = try Cladec.parseAsRoot()
      try command.run()
      if let signal = Interrupt.signal { exit(128 + signal) }
    } catch let mistake as Diagnostic {
      writeDiagnostic(mistake)
      exit(Ending([mistake]).status)
    } catch {
      end(with: error)
    }
  }

  /// Ends the program where a variable says what cannot be, whatever was to be done.
  private static func refuseEnvironment() {
    var message: String?
    do throws(NoSuchInstructionSet) { _ = try wantedInstructionSet() } catch { message = error.message }
    do throws(ValidationError) { _ = try storeLimit() } catch { message = error.message }
    guard let message else { return }
    writeError(message)
    exit(2)
  }

  #if canImport(Glibc)
    private static let stack = __rlimit_resource_t(RLIMIT_STACK.rawValue)
  #else
    private static let stack = RLIMIT_STACK
  #endif

  /// Expressions of the deepest nesting that is allowed take less stack than any machine gives by itself, but more than a
  /// soft limit may leave.
  private static func raiseStackLimit() {
    let wanted = rlim_t(8 << 20)
    var limit = rlimit()
    guard getrlimit(Self.stack, &limit) == 0, limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    _ = setrlimit(Self.stack, &limit)
  }

  /// With what the parser of the command line has to say.
  private static func end(with error: any Error) -> Never {
    let message = Cladec.fullMessage(for: error)
    let code = Cladec.exitCode(for: error)
    if !message.isEmpty {
      guard code.isSuccess else {
        writeError(message)
        exit(code == .validationFailure ? 2 : code.rawValue)
      }
      do throws(Diagnostic) {
        try writeLine(message)
      } catch {
        writeDiagnostic(error)
        exit(Ending([error]).status)
      }
    }
    exit(code.rawValue)
  }
}

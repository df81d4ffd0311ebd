/// The fonts of figures, as TrueType files that are a part of the program: no font of the machine is looked for, so that
/// texts have the same widths and outlines everywhere. Arimo has the widths of Arial and Helvetica, which programs that show
/// SVG fall back on. Its licence is in `OFL.txt`.
public enum FontFile: Int, CaseIterable, Sendable {
  case regular, bold

  public var bytes: [UInt8] {
    switch self {
    case .regular: PackageResources.Arimo_Regular_ttf
    case .bold: PackageResources.Arimo_Bold_ttf
    }
  }
}

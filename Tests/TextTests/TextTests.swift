import Testing
import Text

@Suite struct `Sizes, times and widths` {
  @Test(arguments: [
    (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (1536, "1.5 KiB"), (39_845_888, "38 MiB"),
    (1_288_490_189, "1.2 GiB"), (1 << 40, "1024 GiB"),
  ])
  func `Bytes as people read them`(bytes: Int, text: String) { #expect(binarySize(bytes) == text) }

  @Test func `A size that is rounded up names no less`() {
    #expect(binarySize(1025, roundedUp: true) == "1.1 KiB" && binarySize(1025) == "1 KiB")
  }

  @Test(arguments: [
    ("512M", 512 << 20), ("1.5G", 3 << 29), ("2GiB", 2 << 30), ("4096", 4096), ("1kb", 1024), ("", nil), ("0", nil),
    ("-1M", nil), ("1T", nil), ("1.2.3", nil), ("99999999999G", nil), ("0.1", nil),
  ])
  func `Bytes as people type them`(text: String, size: Int?) { #expect(bytes(ofBinarySize: text) == size) }

  @Test(arguments: [
    (0.0, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (119.4, "119 s"), (119.6, "2 min"), (7000, "117 min"),
    (7200, "2.0 h"),
  ])
  func `Durations as they are estimated`(seconds: Double, text: String) { #expect(duration(seconds) == text) }

  @Test func `Durations as they are typed`() {
    let typed = ["45s", "90m", "1.5h", "30d", "2w", "0d"].map { seconds(ofDuration: $0) }
    #expect(typed == [45, 5400, 5400, 2_592_000, 1_209_600, 0])
    for text in ["", "d", "30", "3x", "-1d", "1e3d", "nand", "infd", "1.2.3d", "1 d"] {
      #expect(seconds(ofDuration: text) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    (0.0, "0:00"), (41.2, "0:42"), (725, "12:05"), (3723, "1:02:03"), (1e12, "99:59:59"), (-1, "0:00"), (.nan, "0:00"),
  ])
  func `Times as a clock shows them`(seconds: Double, text: String) { #expect(clockTime(seconds) == text) }

  @Test(arguments: [
    ("漢字", 4), ("X\u{302}α", 2), ("🙂", 2), ("☎\u{FE0F}", 2), ("👩\u{200D}🔬", 2), ("a\u{1B}b\u{AD}", 2), ("é", 1),
    ("🇩🇪", 2), ("", 0),
  ])
  func `Columns of a terminal`(text: String, columns: Int) { #expect(displayWidth(text) == columns) }

  @Test func `Lines are broken at spaces`() {
    #expect(wrapped("one two three\n  four five", toWidth: 8) == "one two\nthree\n  four\n  five")
    #expect(wrapped("incomprehensible it is", toWidth: 6) == "incomprehensible\nit is")
    #expect(wrapped("short", toWidth: 80) == "short")
    #expect(wrapped("  a b c", toWidth: 5) == "  a b\n  c")
    #expect(shortened("漢字漢字", toWidth: 6) == "漢字…" && shortened("a b", toWidth: 2) == "a…")
    #expect(words(of: "", toWidth: 9) == [""])
  }

  @Test func `Nothing steers the terminal`() {
    #expect(printable("a\u{1B}[2J\nb\u{202E}\u{7F}\u{9B}é") == "a\u{FFFD}[2J\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}é")
    #expect(printable("a\n\tb", keepingLines: true) == "a\n\u{FFFD}b")
  }

  @Test(arguments: ["\u{AD}", "\u{A0}", "\u{2028}", "\u{202E}", "\u{FEFF}", "\u{0}", "\u{85}"] as [Unicode.Scalar])
  func `What is not seen is hidden`(scalar: Unicode.Scalar) { #expect(scalar.isHidden) }

  @Test(arguments: ["a", " ", "é", "\u{200D}", "漢", "\u{301}"] as [Unicode.Scalar])
  func `What is seen, or joins what is seen, is not hidden`(scalar: Unicode.Scalar) { #expect(!scalar.isHidden) }

  @Test func `Counted things have their plural`() {
    #expect(counted(1, "class") == "1 class" && counted(2, "class") == "2 classes" && counted(0, "row") == "0 rows")
    #expect(counted(2, "axis", plural: "axes") == "2 axes")
  }
}

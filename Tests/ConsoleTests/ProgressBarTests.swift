// What a progress bar writes as time goes by.
import Console
import Testing

@Suite struct `Progress bars` {
  /// What is written in so many seconds, a tenth of a second apart.
  private func written(
    seconds: Int, isTerminal: Bool = true, isDumb: Bool, from beginning: Double = 0
  ) -> [String] {
    let terminal = Terminal(
      isTerminal: isTerminal, width: 80, colours: isDumb ? .none : .palette, showsUnicode: true, isDumb: isDumb)
    var (time, texts) = (0.0, [String]())
    let bar = ProgressBar(label: "train C", on: { terminal }, now: { time }, put: { texts.append($0) })
    for tenth in 0...seconds * 10 {
      time = Double(tenth) / 10
      bar.update(fraction: beginning + (1 - beginning) * time / 100, from: beginning, facts: ["epoch 1/5"])
    }
    bar.finish()
    return texts
  }

  @Test func `A terminal that cannot move its cursor gets a plain line every ten seconds`() {
    let lines = written(seconds: 35, isDumb: true)
    #expect(lines.count == 3)
    for line in lines {
      #expect(line.hasPrefix("train C") && line.hasSuffix(" left\n"))
      #expect(!line.dropLast().unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
    }
  }

  @Test func `Any other has one line, which leaves no trace`() {
    let texts = written(seconds: 3, isDumb: false)
    #expect(texts.count > 10 && texts.allSatisfy { $0.hasPrefix("\r") && $0.hasSuffix("\u{1B}[K") })
    #expect(texts.last == "\r\u{1B}[K")
  }

  @Test func `What is not a terminal gets nothing`() {
    #expect(written(seconds: 35, isTerminal: false, isDumb: false).isEmpty)
    #expect(written(seconds: 35, isTerminal: false, isDumb: true).isEmpty)
  }

  @Test func `The time left is that of what is left to do here`() {
    // A hundred seconds for what is left, of which thirty are over.
    for beginning in [0, 0.9] { #expect(written(seconds: 35, isDumb: true, from: beginning)[2].contains("1:10 left")) }
  }
}

// What a progress bar shows in how much room.
import Console
import Testing

@Suite struct `Progress lines` {
  private let line = ProgressLine(
    label: "train vgg5", fraction: 0.5, facts: ["epoch 2/5", "loss 31.2"], secondsLeft: 42)

  @Test func `A wide terminal shows everything`() {
    #expect(
      line.text(width: 100) == "train vgg5  ━━━━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌   50%  epoch 2/5  loss 31.2  0:42 left")
  }

  @Test func `Without UTF-8 it is plain ASCII`() {
    #expect(line.text(width: 100, unicode: false).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: 1...120) func `It never fills the line`(width: Int) {
    #expect(line.text(width: width).count < width)
  }

  @Test func `A narrow terminal loses the time left first`() {
    let text = line.text(width: 55)
    #expect(!text.contains("left") && text.contains("epoch 2/5"))
  }

  @Test(arguments: [-1, 0, 1, 7, .nan, .infinity]) func `Any fraction can be shown`(fraction: Double) {
    let text = ProgressLine(label: "x", fraction: fraction, secondsLeft: fraction * 1e9).text(width: 60)
    #expect(text.contains(fraction >= 1 && fraction.isFinite ? "100%" : "  0%"))
  }

  @Test func `Long times have hours`() {
    let text = ProgressLine(label: "x", fraction: 0.1, secondsLeft: 3723).text(width: 60)
    #expect(text.hasSuffix("1:02:03 left"))
  }
}

import Interpreter
import Testing

@Suite struct NumberTextTests {
  @Test(
    "measured numbers have about four digits",
    arguments: [
      (0.93121, "0.9312"), (28.6149, "28.61"), (0.000123449, "0.0001234"), (1234.5, "1235"), (0, "0"), (-0.5, "-0.5"),
      (0.1, "0.1"), (100, "100"), (-0.00001, "-0.00001"), (999.96, "1000"), (1e20, "1e+20"),
    ])
  func short(value: Double, text: String) { #expect(shortText(value) == text) }

  @Test(
    "exact numbers read back as themselves",
    arguments: [(-1, "-1"), (0.001, "0.001"), (4000, "4000"), (0.1 + 0.2, "0.30000000000000004")])
  func exact(value: Double, text: String) { #expect(exactText(value) == text) }
}

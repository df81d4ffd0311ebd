// Numbers as text: correctly rounded, and the same everywhere.
import Testing
import Text

@Suite struct `Number formatting` {
  @Test(arguments: [
    (0.0, 2, "0.00"), (-0.0, 2, "0.00"), (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (0.125, 2, "0.12"),
    (0.375, 2, "0.38"), (2.675, 2, "2.67"), (1.005, 2, "1.00"), (0.999, 2, "1.00"), (9.995, 2, "9.99"),
    (99.999, 1, "100.0"), (-0.004, 2, "0.00"), (-0.006, 2, "-0.01"), (0.0006, 3, "0.001"), (0.0004, 3, "0.000"),
    (1e21, 0, "1000000000000000000000"), (123456.789, 1, "123456.8"), (.leastNonzeroMagnitude, 3, "0.000"),
    (0.1, 20, "0.10000000000000000555"), (28.6, 1, "28.6"), (7, -3, "7"), (.infinity, 2, "inf"),
    (-.infinity, 2, "-inf"), (.nan, 2, "nan"),
  ])
  func `Fixed decimals`(value: Double, decimals: Int, expected: String) {
    #expect(formatted(value, .decimals(decimals)) == expected)
  }

  @Test(arguments: [
    (0.0, 3, "0.00"), (28.563, 3, "28.6"), (28563, 3, "28563"), (285.5, 3, "286"), (0.012345, 3, "0.0123"),
    (9.996, 3, "10.0"), (0.00012, 2, "0.00012"), (0.00001, 2, "1.0e-5"), (0.00009999, 2, "0.00010"),
    (1.5e-7, 2, "1.5e-7"), (1e15, 3, "1.00e15"), (999_999_999_999_999, 3, "999999999999999"), (-4.56, 3, "-4.56"),
    (1.7976931348623157e308, 4, "1.798e308"), (.leastNonzeroMagnitude, 3, "4.94e-324"), (1, 1, "1"), (99.7, 2, "100"),
    (2.2250738585072014e-308, 5, "2.2251e-308"),
  ])
  func `Significant digits`(value: Double, digits: Int, expected: String) {
    #expect(formatted(value, .significant(digits)) == expected)
  }

  @Test(arguments: [
    (0.1, "0.1"), (1, "1"), (-2.5, "-2.5"), (100, "100"), (1e-5, "1e-5"), (0.3 - 0.1, "0.19999999999999998"),
    (1e22, "1e22"), (123_456_789_012, "123456789012"), (.leastNonzeroMagnitude, "5e-324"), (-0.0, "0"),
    (0.001, "0.001"),
  ])
  func `As short as can be read back`(value: Double, expected: String) {
    #expect(formatted(value, .shortest) == expected)
  }

  @Test(arguments: [
    (0.93121, "0.9312"), (28.6149, "28.61"), (0.000123449, "0.0001234"), (1234.5, "1234"), (0, "0"), (-0.5, "-0.5"),
    (0.1, "0.1"), (100, "100"), (28563, "28563"), (-0.00001, "-1e-5"), (999.96, "1000"), (1e20, "1e20"),
    (1.5e-7, "1.5e-7"), (0.10035, "0.1003"), (123456.7, "123457"), (0.5000000001, "0.5"), (2e-6, "2e-6"),
  ])
  func `Short without needless zeros`(value: Double, expected: String) {
    #expect(formatted(value, .short(4)) == expected)
  }

  @Test(arguments: [(-1, "-1"), (0.001, "0.001"), (4000, "4000"), (0.1 + 0.2, "0.30000000000000004"), (1e15, "1e15")])
  func `Exact numbers have no needless point`(value: Double, expected: String) {
    #expect(formatted(value, .shortest) == expected)
  }

  @Test func `The shortest form reads back as the same number`() {
    var state: UInt64 = 7
    for _ in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state)
      guard value.isFinite else { continue }
      #expect(Double(formatted(value, .shortest)) == value)
      #expect(Double(formatted(value, .significant(17))) == value)
    }
  }
}

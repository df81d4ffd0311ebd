import Probing
import Testing

/// Linear probes, beside what scikit-learn makes of the same numbers.
@Suite struct LinearProbeTests {
  /// Vectors without any meaning, the first feature of which is the same in all of them.
  static func vectors(_ count: Int, _ length: Int) -> [Float] {
    var values: [Float] = []
    for i in 0..<count {
      for f in 0..<length {
        let number = i * 73 + f * 179 + i * i * f * 31 + i * f * f * 17
        values.append(f == 0 ? 0.5 : Float(Double(number % 97) / 97))
      }
    }
    return values
  }

  static func numbers(_ vectors: [Float], _ length: Int) -> [Double] {
    (0..<vectors.count / length).map { i in
      let (a, b) = (Double(vectors[i * length + 1]), Double(vectors[i * length + 2]))
      return 2 * a - b * b + Double((i * 37) % 11) / 20
    }
  }

  static func probe(
    _ vectors: [Float], _ length: Int, tasks: @escaping (Int, (Int) -> Void) -> Void = { for i in 0..<$0 { $1(i) } }
  ) -> LinearProbe {
    let count = vectors.count / length
    return LinearProbe(
      vectors, length: length, fitting: Array(stride(from: 0, to: count, by: 2)),
      heldOut: Array(stride(from: 1, to: count, by: 2)), tasks: tasks)
  }

  /// In scikit-learn 1.9.1, with `x` in double precision, `v = x[::2].var(0).sum()` and `i = np.arange(count)`:
  ///
  ///     y = 2 * x[:, 1] - x[:, 2] ** 2 + ((i * 37) % 11) / 20
  ///     k = np.where(x[:, 3] > 0.6, 2, (i * i + 2 * i) % 5 % 3)
  ///     grid = [10.0 ** e * v for e in range(4, -7, -1)]
  ///     a = RidgeCV(alphas=grid).fit(x[::2], y[::2]);  r2_score(y[1::2], a.predict(x[1::2])), a.alpha_ / v
  ///     b = RidgeCV(alphas=grid).fit(x[::2], np.eye(3)[k][::2])
  ///     (b.predict(x[1::2]).argmax(1) == k[1::2]).mean(), b.alpha_ / v
  ///
  /// and for the angles the same with the two columns y mod 1 and (y mod 1)², and one R² of both.
  @Test(
    "numbers and kinds are read as well as scikit-learn's RidgeCV reads them",
    arguments: [
      (40, 6, 0.936644934156723, 0.01, 0.7, 1.0), (40, 60, 0.573655727254772, 0.1, 0.65, 10),
      (61, 25, 0.7831450476704152, 0.1, 0.6333333333333333, 1),
      (120, 12, 0.9154087446879466, 0.1, 0.8166666666666667, 1),
    ])
  func reference(
    count: Int, length: Int, numbers: Double, strength: Double, kinds: Double, kindsStrength: Double
  ) throws {
    let x = Self.vectors(count, length)
    let k = (0..<count).map { i in x[i * length + 3] > 0.6 ? 2 : (i * i + 2 * i) % 5 % 3 }
    let found = Self.probe(x, length).scores(of: [.numbers(Self.numbers(x, length)), .kinds(k, count: 3)])
    let (first, second) = (try #require(found[0]), try #require(found[1]))
    #expect((first.value - numbers).magnitude < 1e-9 && first.strength == strength)
    #expect((second.value - kinds).magnitude < 1e-12 && second.strength == kindsStrength)
  }

  @Test("angles have one R² of both columns, and one strength") func angles() throws {
    let x = Self.vectors(61, 25)
    let y = Self.numbers(x, 25).map { $0 - $0.rounded(.down) }
    let found = Self.probe(x, 25).scores(of: [.angles(cosines: y, sines: y.map { $0 * $0 })])
    let score = try #require(found[0])
    #expect((score.value - anglesReference.value).magnitude < 1e-9 && score.strength == anglesReference.strength)
  }

  private let anglesReference = (value: -0.4555487700573666, strength: 1.0)

  @Test("a copy of a feature is read, whatever its scale, and what does not vary is no score") func copies() throws {
    let x = Self.vectors(60, 8)
    let copy = (0..<60).map { 1e6 * Double(x[$0 * 8 + 5]) - 3 }
    let found = Self.probe(x, 8).scores(of: [
      .numbers(copy), .numbers(copy.map { _ in 2 }), .kinds(copy.map { _ in 1 }, count: 3),
      // It varies in the images that are held out alone.
      .numbers((0..<60).map { $0 % 2 == 0 ? 1 : Double($0) }),
    ])
    #expect(try #require(found[0]).value > 0.99999)
    #expect(found[1] == nil && found[2] == nil && found[3] == nil)
  }

  @Test("nothing is read from vectors that are all the same, and the commonest kind is guessed") func nothing() throws {
    let x = [Float](repeating: 0.25, count: 40 * 3)
    let kinds = (0..<40).map { $0 % 8 < 6 ? 1 : 0 }
    let found = Self.probe(x, 3).scores(of: [.numbers((0..<40).map { Double($0 / 2) }), .kinds(kinds, count: 2)])
    #expect(try #require(found[0]).value.magnitude < 1e-12)
    #expect(try #require(found[1]).value == 0.75)
    // As often as the other is the one that comes first: three quarters of those held out are of it.
    let evenly = (0..<40).map { $0 % 2 == 0 ? $0 / 2 % 2 : $0 / 2 % 4 / 3 }
    #expect(try #require(Self.probe(x, 3).scores(of: [.kinds(evenly, count: 2)])[0]).value == 0.75)
  }

  @Test("the bits do not depend on the order in which tasks are done") func order() {
    let x = Self.vectors(90, 700)
    let y = LinearProbe.Target.numbers(Self.numbers(x, 700))
    let backward = Self.probe(x, 700) { for i in stride(from: $0 - 1, through: 0, by: -1) { $1(i) } }
    #expect(Self.probe(x, 700).scores(of: [y]) == backward.scores(of: [y]))
  }
}

import Diagnostics

/// Codes of what ran and gave numbers that say little. These are warnings: the run goes on.
extension DiagnosticCode {
  public static let trainingGotWorse = DiagnosticCode(
    "E421", "a training that got worse",
    "The loss of its last epoch is larger than that of its first: what was learnt is worse than hardly anything. A smaller rate helps. "
      + "Tables mark its numbers with †.",
    wrong: fewGarments + "let C = train network([dense(classes)]), on: garments, epochs: 3, rate: 10",
    right: fewGarments + "let C = train network([dense(classes)]), on: garments, epochs: 3, rate: 0.001")

  public static let collapsedDecoder = DiagnosticCode(
    "E422", "a decoder that has collapsed",
    "Its pictures hardly differ from each other: their variance over the images is below a hundredth of the images' own. What is "
      + "measured of it is measured of one picture. Tables mark its numbers with †.",
    wrong: fewGarments + classifier + "let E = cladec C, layer: -1, epochs: 1, rate: 1e-6\nlet T = evaluate E",
    right: fewGarments + classifier + "let E = baseline C, model: \"class mean\"\nlet T = evaluate E")

  public static let judgeAtChance = DiagnosticCode(
    "E423", "a judge at chance",
    "Its accuracy is not above the share of the most frequent class by more than 2.33 standard deviations of a binomial distribution: a "
      + "judge that always names that class is as good in one of a hundred cases. Its accuracy tells nothing of the pictures. "
      + "Tables mark its numbers with †.",
    wrong: fewGarments + classifier + "let B = refae C, layer: -2, epochs: 20, rate: 0.01\n"
      + "let T = evaluate B, judge: network([dense(classes)]), epochs: 1, on: garments.test",
    right: fewGarments + classifier + "let B = refae C, layer: -2, epochs: 20, rate: 0.01\nlet T = evaluate B")

  public static let smoothingMissed = DiagnosticCode(
    "E424", "a squared error that smoothing does not reach",
    "smooth blurs a reference until it is as far from the training images as another autoencoder is. Where it is as far without that, or "
      + "stays nearer when it is smoothed over the whole image, it is no control of the same blur.",
    wrong: fewGarments + classifier + "let E = refae C, layer: -2, epochs: 20, rate: 0.01\n"
      + "let R = refae C, layer: -1, epochs: 1\nlet S = smooth R, to: E",
    right: fewGarments + classifier + "let R = refae C, layer: -1, epochs: 20, rate: 0.01\n"
      + "let E = refae C, layer: -1, epochs: 5, rate: 0.01\nlet S = smooth R, to: E")

  /// All of them, in the order of the page.
  public static let concernCodes: [DiagnosticCode] = [
    .trainingGotWorse, .collapsedDecoder, .judgeAtChance, .smoothingMissed,
  ]

  private static let fewGarments = "let garments = load \"garments\", train: 20, test: 20, size: 8\n"
  private static let classifier =
    "let C = train network([conv(8, stride: 2), dense(classes)]), on: garments, epochs: 1\n"
}

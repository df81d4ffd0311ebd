/// The linear maps of a minimal filtering F(4×4, taps×taps), stated in `KernelSource/Winograd.swift`. A missing tap
/// makes the transformed weights of one row or column of positions zero, which are then neither computed nor read: in
/// `inputs` always the last, in `outputs` and `weightGradients` the first of three taps' and the last of two taps'.
public struct WinogradKernels: Sendable {
  public typealias Offsets = UnsafePointer<Int>
  public typealias Inputs =
    @Sendable (
      _ offsets: Offsets, _ zeros: Floats, _ from: Floats, _ rows: Int, _ channels: Int, _ to: MutableFloats,
      _ toRow: Int,
      _ plane: Int, _ missingRow: Bool, _ missingColumn: Bool
    ) -> Void
  public typealias Outputs =
    @Sendable (
      _ offsets: Offsets, _ zeros: Floats, _ from: Floats, _ fromRow: Int, _ plane: Int, _ rows: Int,
      _ channels: Int,
      _ to: MutableFloats, _ missingRow: Bool, _ missingColumn: Bool, _ accumulate: Bool
    ) -> Void
  public typealias Gradients =
    @Sendable (
      _ offsets: Offsets, _ zeros: Floats, _ from: Floats, _ rows: Int, _ channels: Int, _ to: MutableFloats,
      _ toRow: Int, _ plane: Int
    ) -> Void
  public typealias Weights =
    @Sendable (
      _ offsets: Offsets, _ zeros: Floats, _ from: Floats, _ columns: Int, _ to: MutableFloats, _ panel: Int,
      _ panelFloats: Int,
      _ plane: Int
    ) -> Void
  public typealias WeightGradients =
    @Sendable (
      _ offsets: Offsets, _ zeros: Floats, _ from: Floats, _ plane: Int, _ columns: Int, _ to: MutableFloats,
      _ missingRow: Bool,
      _ missingColumn: Bool
    ) -> Void

  public let inputs: Inputs
  public let outputs: Outputs
  public let gradients: Gradients
  public let weights: Weights
  public let weightGradients: WeightGradients

  public init(
    inputs: @escaping Inputs, outputs: @escaping Outputs, gradients: @escaping Gradients, weights: @escaping Weights,
    weightGradients: @escaping WeightGradients
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.gradients = gradients
    self.weights = weights
    self.weightGradients = weightGradients
  }
}

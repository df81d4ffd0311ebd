import KernelTypes

#if AVX512
  private let setName: StaticString = "avx512"
  private let widest = 32
#elseif AVX2
  private let setName: StaticString = "avx2"
  private let widest = 16
#else
  private let setName: StaticString = "baseline"
  private let widest = 16
#endif

/// The functions of this folder, as this target compiled them.
public func kernelSet() -> KernelSet {
  KernelSet(
    name: setName, widestPanel: widest, product: product, channelDot: channelDot, packPanels: packPanels,
    packTransposed: packTransposed,
    winogradThreeTaps: WinogradKernels(
      inputs: threeTapInputs, outputs: threeTapOutputs, gradients: threeTapGradients, weights: threeTapWeights,
      weightGradients: threeTapWeightGradients),
    winogradTwoTaps: WinogradKernels(
      inputs: twoTapInputs, outputs: twoTapOutputs, gradients: twoTapGradients, weights: twoTapWeights,
      weightGradients: twoTapWeightGradients),
    columnSums: columnSums, columnStatistics: columnStatistics, affine: affine,
    normalisationSums: normalisationSums, normalisationGradient: normalisationGradient, scaleMasked: scaleMasked,
    maskedSums: maskedSums, addBias: addBias, shift: shift, add: add, mask: mask, scale: scale, sum: sum,
    maximum: maximum,
    route: route, sigmoid: sigmoid, sigmoidGradient: sigmoidGradient, squaredError: squaredError,
    squaredErrorGradient: squaredErrorGradient, crossEntropy: crossEntropy, exponentials: exponentials,
    logarithms: logarithms, adam: adam, random: random, dropout: dropout)
}

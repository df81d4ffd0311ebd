/// What one instruction set offers: the same functions, compiled for it. `KernelSource/KernelSet+Table.swift` fills it in;
/// each function's meaning stands with the function, in `KernelSource`. Only the code that has asked the processor may
/// call a set.
///
/// A map is [pixel][image][channel] with the channels padded to a multiple of 16; rows of a map are (pixel, image) in
/// that order. A planar image batch is [pixel][channel][image] with the images padded to a multiple of 16.
public struct KernelSet: Sendable {
  public typealias Offsets = UnsafePointer<Int>
  public typealias Key = UnsafePointer<UInt32>
  public typealias Words = UnsafeMutablePointer<UInt32>

  public let name: StaticString
  /// The widest panel of columns that `product` works on at a time.
  public let widestPanel: Int

  public let product: @Sendable (UnsafePointer<Product>) -> Void
  public let channelDot:
    @Sendable (
      _ pairs: UnsafePointer<Int32>, _ pairCount: Int, _ map: Floats, _ pixel: Int, _ weights: Floats, _ tap: Int,
      _ channels: Int, _ out: MutableFloats, _ images: Int, _ accumulate: Bool
    ) -> Void

  public typealias PackWeights =
    @Sendable (_ from: Floats, _ to: MutableFloats, _ rows: Int, _ columns: Int, _ panel: Int, _ panelRows: Int) -> Void
  public let packPanels: PackWeights
  public let packTransposed: PackWeights

  public let winogradThreeTaps: WinogradKernels
  public let winogradTwoTaps: WinogradKernels

  public let columnSums: @Sendable (_ x: Floats, _ out: MutableFloats, _ rows: Int, _ channels: Int) -> Void
  public let columnStatistics: @Sendable (_ x: Floats, _ out: MutableFloats, _ rows: Int, _ channels: Int) -> Void
  public let affine:
    @Sendable (
      _ x: Floats, _ y: MutableFloats, _ scale: Floats, _ shift: Floats, _ rows: Int, _ channels: Int, _ relu: Bool
    ) -> Void
  public let normalisationSums:
    @Sendable (
      _ x: Floats, _ dy: Floats, _ out: MutableFloats, _ constants: Floats, _ rows: Int, _ channels: Int, _ relu: Bool
    ) -> Void
  public let normalisationGradient:
    @Sendable (
      _ x: Floats, _ dy: Floats, _ dx: MutableFloats, _ constants: Floats, _ rows: Int, _ channels: Int, _ relu: Bool,
      _ accumulate: Bool
    ) -> Void
  public let scaleMasked:
    @Sendable (
      _ y: Floats, _ dy: Floats, _ dx: MutableFloats, _ scale: Floats, _ rows: Int, _ channels: Int, _ relu: Bool,
      _ accumulate: Bool
    ) -> Void
  public let maskedSums:
    @Sendable (_ y: Floats, _ dy: MutableFloats, _ out: MutableFloats, _ rows: Int, _ channels: Int) -> Void

  public let addBias:
    @Sendable (_ x: Floats, _ bias: Floats, _ y: MutableFloats, _ rows: Int, _ channels: Int, _ relu: Bool) -> Void
  public let shift: @Sendable (_ x: Floats, _ by: Float, _ y: MutableFloats, _ count: Int, _ relu: Bool) -> Void
  public let add: @Sendable (_ a: Floats, _ b: Floats, _ y: MutableFloats, _ count: Int, _ relu: Bool) -> Void
  public let mask:
    @Sendable (_ y: Floats, _ dy: Floats, _ dx: MutableFloats, _ count: Int, _ relu: Bool, _ accumulate: Bool) -> Void
  public let scale:
    @Sendable (_ a: Floats, _ factor: Float, _ y: MutableFloats, _ count: Int, _ accumulate: Bool) -> Void
  public let sum: @Sendable (_ x: Floats, _ count: Int) -> Float
  public let maximum:
    @Sendable (_ x: Floats, _ y: MutableFloats, _ which: MutableFloats, _ index: Float, _ count: Int) -> Void
  public let route: @Sendable (_ which: Floats, _ index: Float, _ dy: Floats, _ dx: MutableFloats, _ count: Int) -> Void

  public let sigmoid: @Sendable (_ x: Floats, _ bias: Float, _ y: MutableFloats, _ count: Int) -> Void
  public let sigmoidGradient: @Sendable (_ y: Floats, _ dy: Floats, _ dx: MutableFloats, _ count: Int) -> Void
  public let squaredError: @Sendable (_ x: Floats, _ y: Floats, _ count: Int) -> Float
  public let squaredErrorGradient:
    @Sendable (_ x: Floats, _ y: Floats, _ factor: Float, _ dx: MutableFloats, _ count: Int, _ accumulate: Bool) -> Void
  public let crossEntropy:
    @Sendable (_ logits: Floats, _ probabilities: MutableFloats, _ classes: Int, _ padded: Int, _ label: Int) -> Float
  public let exponentials: @Sendable (_ x: Floats, _ y: MutableFloats, _ count: Int) -> Void
  public let logarithms: @Sendable (_ x: Floats, _ y: MutableFloats, _ count: Int) -> Void

  public let adam:
    @Sendable (
      _ w: MutableFloats, _ g: Floats, _ m: MutableFloats, _ v: MutableFloats, _ count: Int, _ rate: Float,
      _ secondScale: Float, _ decay: Float
    ) -> Void
  public let random: @Sendable (_ key: Key, _ step: UInt64, _ group: Int, _ out: Words, _ groups: Int) -> Void
  public let dropout:
    @Sendable (
      _ key: Key, _ step: UInt64, _ group: Int, _ threshold: UInt32, _ factor: Float, _ x: Floats, _ y: MutableFloats,
      _ count: Int, _ accumulate: Bool
    ) -> Void
  public init(
    name: StaticString,
    widestPanel: Int,
    product: @escaping @Sendable (UnsafePointer<Product>) -> Void,
    channelDot:
      @escaping @Sendable (UnsafePointer<Int32>, Int, Floats, Int, Floats, Int, Int, MutableFloats, Int, Bool) -> Void,
    packPanels: @escaping PackWeights,
    packTransposed: @escaping PackWeights,
    winogradThreeTaps: WinogradKernels,
    winogradTwoTaps: WinogradKernels,
    columnSums: @escaping @Sendable (Floats, MutableFloats, Int, Int) -> Void,
    columnStatistics: @escaping @Sendable (Floats, MutableFloats, Int, Int) -> Void,
    affine: @escaping @Sendable (Floats, MutableFloats, Floats, Floats, Int, Int, Bool) -> Void,
    normalisationSums: @escaping @Sendable (Floats, Floats, MutableFloats, Floats, Int, Int, Bool) -> Void,
    normalisationGradient: @escaping @Sendable (Floats, Floats, MutableFloats, Floats, Int, Int, Bool, Bool) -> Void,
    scaleMasked: @escaping @Sendable (Floats, Floats, MutableFloats, Floats, Int, Int, Bool, Bool) -> Void,
    maskedSums: @escaping @Sendable (Floats, MutableFloats, MutableFloats, Int, Int) -> Void,
    addBias: @escaping @Sendable (Floats, Floats, MutableFloats, Int, Int, Bool) -> Void,
    shift: @escaping @Sendable (Floats, Float, MutableFloats, Int, Bool) -> Void,
    add: @escaping @Sendable (Floats, Floats, MutableFloats, Int, Bool) -> Void,
    mask: @escaping @Sendable (Floats, Floats, MutableFloats, Int, Bool, Bool) -> Void,
    scale: @escaping @Sendable (Floats, Float, MutableFloats, Int, Bool) -> Void,
    sum: @escaping @Sendable (Floats, Int) -> Float,
    maximum: @escaping @Sendable (Floats, MutableFloats, MutableFloats, Float, Int) -> Void,
    route: @escaping @Sendable (Floats, Float, Floats, MutableFloats, Int) -> Void,
    sigmoid: @escaping @Sendable (Floats, Float, MutableFloats, Int) -> Void,
    sigmoidGradient: @escaping @Sendable (Floats, Floats, MutableFloats, Int) -> Void,
    squaredError: @escaping @Sendable (Floats, Floats, Int) -> Float,
    squaredErrorGradient: @escaping @Sendable (Floats, Floats, Float, MutableFloats, Int, Bool) -> Void,
    crossEntropy: @escaping @Sendable (Floats, MutableFloats, Int, Int, Int) -> Float,
    exponentials: @escaping @Sendable (Floats, MutableFloats, Int) -> Void,
    logarithms: @escaping @Sendable (Floats, MutableFloats, Int) -> Void,
    adam: @escaping @Sendable (MutableFloats, Floats, MutableFloats, MutableFloats, Int, Float, Float, Float) -> Void,
    random: @escaping @Sendable (Key, UInt64, Int, Words, Int) -> Void,
    dropout: @escaping @Sendable (Key, UInt64, Int, UInt32, Float, Floats, MutableFloats, Int, Bool) -> Void
  ) {
    self.name = name
    self.widestPanel = widestPanel
    self.product = product
    self.channelDot = channelDot
    self.packPanels = packPanels
    self.packTransposed = packTransposed
    self.winogradThreeTaps = winogradThreeTaps
    self.winogradTwoTaps = winogradTwoTaps
    self.columnSums = columnSums
    self.columnStatistics = columnStatistics
    self.affine = affine
    self.normalisationSums = normalisationSums
    self.normalisationGradient = normalisationGradient
    self.scaleMasked = scaleMasked
    self.maskedSums = maskedSums
    self.addBias = addBias
    self.shift = shift
    self.add = add
    self.mask = mask
    self.scale = scale
    self.sum = sum
    self.maximum = maximum
    self.route = route
    self.sigmoid = sigmoid
    self.sigmoidGradient = sigmoidGradient
    self.squaredError = squaredError
    self.squaredErrorGradient = squaredErrorGradient
    self.crossEntropy = crossEntropy
    self.exponentials = exponentials
    self.logarithms = logarithms
    self.adam = adam
    self.random = random
    self.dropout = dropout
  }
}

import Images

/// Which input pixel meets which output pixel under which tap of the kernel: all there is to know of a convolution or a
/// transposed one. Grouped by output pixel the list is the forward pass, by input pixel the data's gradient, by tap the
/// weights' gradient. Padding is simply absent from it.
package struct ConvolutionGeometry: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case convolution, transposed, dense }

  package let kind: Kind
  package let kernel: Int
  package let stride: Int
  /// How far the kernel's first tap reaches beyond the large side's border.
  package let padding: Int
  package let input: Shape
  package let output: Shape
  package let taps: Int
  package var isDense: Bool { kind == .dense }

  /// Whether nothing of a transposed convolution's output is cut off.
  private var isWhole: Bool { output.height == input.height * stride && output.width == input.width * stride }

  /// The ways in which Winograd transforms can take a convolution as a sum of small ones of stride 1.
  enum WinogradKind {
    /// A 3×3 convolution of stride 1 is itself one.
    case plain
    /// Each phase of even or odd rows and columns of a transposed 5×5 convolution's output is one of up to 3×3 taps.
    case upsampling
    /// A 3×3 convolution of stride 2 is the sum of one of up to 2×2 taps of each phase of its input.
    case downsampling
  }

  var winogradKind: WinogradKind? {
    switch (kind, kernel, stride, padding) {
    case (.convolution, 3, 1, 1): .plain
    case (.transposed, 5, 2, 2) where isWhole: .upsampling
    case (.convolution, 3, 2, 1): .downsampling
    default: nil
    }
  }

  /// A dense layer: each output value from all input values. Every pair of an input and an output pixel has a tap of
  /// its own.
  package init(connecting input: Shape, to output: Shape) {
    kind = .dense
    kernel = 0
    stride = 0
    padding = 0
    taps = input.pixels * output.pixels
    self.input = input
    self.output = output
  }

  /// A convolution: output = ⌊(input + 2 · padding − kernel) / stride⌋ + 1.
  /// - Parameter padding: zeros on each side; by default half the kernel, rounded down.
  package init(
    convolving input: Shape, kernel: Int, stride: Int, padding: Int? = nil, channels: Int
  ) throws(ShapeError) {
    let padding = padding ?? kernel / 2
    guard kernel >= 1, stride >= 1, channels >= 1, 0..<kernel ~= padding else {
      throw ShapeError(
        operation: "convolution \(kernel)×\(kernel), stride \(stride)", input: input,
        reason: "kernel, stride and channels must be at least 1, and the padding less than the kernel's side")
    }
    kind = .convolution
    taps = kernel * kernel
    self.kernel = kernel
    self.stride = stride
    self.input = input
    let height = (input.height + 2 * padding - kernel) / stride + 1
    let width = (input.width + 2 * padding - kernel) / stride + 1
    output = Shape(channels: channels, height: height, width: width)
    self.padding = padding
    guard input.height + 2 * padding >= kernel, input.width + 2 * padding >= kernel else {
      throw ShapeError(
        operation: "convolution \(kernel)×\(kernel), stride \(stride)", input: input,
        reason: "the kernel is larger than the \(input.height)×\(input.width) input")
    }
  }

  /// A transposed convolution whose output is `stride` times as high and wide as its input.
  /// - Parameter size: the output's height and width where what goes beyond them is cut off, below and to the right.
  package init(
    expanding input: Shape, kernel: Int, stride: Int, channels: Int, cutTo size: (height: Int, width: Int)? = nil
  ) throws(ShapeError) {
    guard stride >= 1, channels >= 1, kernel >= stride else {
      throw ShapeError(
        operation: "transposed convolution \(kernel)×\(kernel), stride \(stride)", input: input,
        reason: "the kernel must be at least as large as the stride, or the output has holes")
    }
    kind = .transposed
    taps = kernel * kernel
    self.kernel = kernel
    self.stride = stride
    self.input = input
    let (height, width) = size ?? (input.height * stride, input.width * stride)
    output = Shape(channels: channels, height: height, width: width)
    padding = (kernel - stride + 1) / 2
    guard 1...input.height * stride ~= height, 1...input.width * stride ~= width else {
      throw ShapeError(
        operation: "transposed convolution \(kernel)×\(kernel), stride \(stride)", input: input,
        reason:
          "\(height)×\(width) cannot be cut out of the \(input.height * stride)×\(input.width * stride) that it makes")
    }
  }

  /// Calls `body` with each (input pixel, output pixel, tap), taps slowest.
  package func visit(_ body: (_ input: Int, _ output: Int, _ tap: Int) -> Void) {
    if kind == .dense {
      for i in 0..<input.pixels { for o in 0..<output.pixels { body(i, o, i * output.pixels + o) } }
      return
    }
    let transposed = kind == .transposed
    let (large, small) = transposed ? (output, input) : (input, output)
    for tapY in 0..<kernel {
      for tapX in 0..<kernel {
        for y in 0..<small.height {
          let largeY = y * stride + tapY - padding
          guard largeY >= 0, largeY < large.height else { continue }
          for x in 0..<small.width {
            let largeX = x * stride + tapX - padding
            guard largeX >= 0, largeX < large.width else { continue }
            let pair = (small: y * small.width + x, large: largeY * large.width + largeX)
            if transposed {
              body(pair.small, pair.large, tapY * kernel + tapX)
            } else {
              body(pair.large, pair.small, tapY * kernel + tapX)
            }
          }
        }
      }
    }
  }

  /// Multiply-adds for one image, padding not counted.
  package var multiplyAdds: Int {
    var pairs = 0
    visit { _, _, _ in pairs += 1 }
    return pairs * input.channels * output.channels
  }
}

import Images
import Tensors

/// What a network is made of. Channels, outputs and sizes are counts; nil stands for what the data set decides.
public enum Block: Hashable, Sendable {
  /// Convolution → batch normalisation → activation, with half padding. Without normalisation it has a bias. `channels:
  /// nil` is the image's number of channels, as a decoder's last block needs it.
  case convolution(
    channels: Int?, kernel: Int = 3, stride: Int = 1, normalised: Bool = true, activation: Activation = .relu)
  /// The basic residual block (He et al. 2016): two 3×3 convolutions, and a shortcut that is a 1×1 convolution where
  /// the shape changes.
  case residual(channels: Int, stride: Int = 1)
  /// Transposed convolution with bias, `stride` times as high and wide. `channels: nil` is the image's number of
  /// channels.
  case deconvolution(channels: Int?, kernel: Int = 5, stride: Int = 2, activation: Activation = .relu)
  case maxPool(size: Int = 2)
  /// The mean over all pixels: a vector.
  case averagePool
  case dropout(rate: Double)
  /// Each output from all inputs. `outputs: nil` is the data set's number of classes; `reshape` makes the vector a map
  /// of as many values.
  case dense(outputs: Int?, activation: Activation = .none, reshape: Shape? = nil)
}

extension Block {
  /// What the layer table calls it, before its shapes are known.
  public var summary: String {
    func then(_ activation: Activation) -> String { activation == .none ? "" : " → \(activation.title)" }
    switch self {
    case .convolution(_, let kernel, let stride, let normalised, let activation):
      return "conv \(kernel)×\(kernel), stride \(stride)\(normalised ? " → BatchNorm" : "")\(then(activation))"
    case .residual(_, let stride): return "residual 3×3 + 3×3, stride \(stride)"
    case .deconvolution(_, let kernel, let stride, let activation):
      return "deconv \(kernel)×\(kernel), stride \(stride)\(then(activation))"
    case .maxPool(let size): return "max pool \(size)×\(size)"
    case .averagePool: return "average pool"
    case .dropout(let rate): return "dropout \(rate)"
    case .dense(_, let activation, let reshape):
      return "dense\(then(activation))\(reshape.map { " → \($0)" } ?? "")"
    }
  }
}

extension Activation {
  public var title: String {
    switch self {
    case .relu: return "ReLU"
    case .sigmoid: return "sigmoid"
    case .none: return "none"
    }
  }
}

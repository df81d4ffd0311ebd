/// The version of the numbers that this engine computes. The same recipe gives the same bits as long as it stands; what
/// changes any bit of a trained weight, a value or a prediction raises it.
///
/// 1. The first.
/// 2. The gradient behind a dropout that follows a normalisation; a normalisation's variance; convolutions' gradients in
///    small batches; each decoder's own random stream.
public let numericsVersion = 2

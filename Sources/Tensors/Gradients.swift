import KernelTypes

/// The gradients of the parameters that learn, and of what goes into a graph if they are wanted.
package struct Gradients {
  package let parameters: [Parameter]
  /// Nodes without inputs whose gradient is kept until a run's end: images that are moved where parameters stay.
  package let sources: Set<Int>
  private let buffers: [ObjectIdentifier: FloatBuffer]

  /// - Parameter memory: one that only measures makes gradients for a plan that only measures.
  package init(_ parameters: [Parameter], of sources: Set<Int> = [], memory: Memory = Memory()) {
    self.parameters = parameters
    self.sources = sources
    buffers = Dictionary(
      parameters.map { (ObjectIdentifier($0), memory.floats($0.values.count)) },
      uniquingKeysWith: { first, _ in first })
  }

  package var isEmpty: Bool { parameters.isEmpty }

  /// The gradient in the parameter's own layout, or none if it does not learn.
  package func buffer(of parameter: Parameter) -> MutableFloats? { buffers[ObjectIdentifier(parameter)]?.start }

  /// The gradient without padding, in the order of the parameter's extents.
  package func values(of parameter: Parameter) -> [Float]? {
    buffers[ObjectIdentifier(parameter)].map { parameter.logical($0.floats) }
  }
}

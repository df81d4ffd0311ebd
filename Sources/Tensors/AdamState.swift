/// All that Adam remembers: an optimiser made from it goes on with the same bits.
package struct AdamState: Hashable, Sendable {
  /// Steps that were done.
  package var steps: Int
  /// For each parameter, in the order in which they learn, its two moments without padding, as `Parameter.logicalValues`
  /// gives values.
  package var first: [[Float]]
  package var second: [[Float]]

  package init(steps: Int, first: [[Float]], second: [[Float]]) {
    self.steps = steps
    self.first = first
    self.second = second
  }
}

import Workbench

extension Session {
  /// What comes of an entry at the prompt.
  func enter(_ text: String, show: (Element) -> Void) {
    Driver(entry: text, session: self).run { event in
      switch event {
      case .checked(let mistakes): for mistake in mistakes { show(.diagnostic(mistake)) }
      case .element(let element): show(element)
      case .cell, .endOfCell, .ended: break
      }
    }
  }
}

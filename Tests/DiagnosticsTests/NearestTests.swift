import Diagnostics
import Testing

@Test("a slip finds its name") func slip() {
  #expect(nearest("epoch", among: ["on", "epochs"]) == "epochs")
}

/// The ten classes, in the order and with the names of Fashion-MNIST's labels.
enum Garment: Int, CaseIterable {
  case tShirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankleBoot

  var name: String {
    switch self {
    case .tShirt: "T-shirt/top"
    case .trouser: "Trouser"
    case .pullover: "Pullover"
    case .dress: "Dress"
    case .coat: "Coat"
    case .sandal: "Sandal"
    case .shirt: "Shirt"
    case .sneaker: "Sneaker"
    case .bag: "Bag"
    case .ankleBoot: "Ankle boot"
    }
  }
}

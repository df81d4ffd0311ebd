// What the tour says. Paragraphs are lines, which whoever shows them breaks.

extension Tour.Step {
  var text: Tour.StepText {
    switch self {
    case .load:
      Tour.StepText(
        title: "a data set",
        text: """
          Networks learn from images. cladec draws some by itself: garments, in ten classes, small and grey. load makes a data set of them, and let gives it a name. There are 4000 images to learn from, and 1000 others to measure on.
          """,
        example: "let garments = load \"garments\", train: 4000, test: 1000",
        aim: "This step wants a data set with a name.",
        done: "There is a data set, and it has a name. Nothing has been drawn yet: that is done when somebody looks.")
    case .look:
      Tour.StepText(
        title: "a look at it",
        text: """
          inspect shows what is inside anything: a data set, a network, a classifier. A name alone is shown in a line. Type a part of a name and press Tab: the rest comes by itself.
          """,
        example: "inspect {data}",
        aim: "This step wants the data set, or some of its images, to be shown.",
        done: "That is what networks learn from here. help garments says from what they are drawn.")
    case .train:
      Tour.StepText(
        title: "a classifier",
        text: """
          vgg5 is a network: four convolutions, and a layer that names the class. It is there from the start. train gives it weights that it learns from the training images, each of which it sees five times. That takes some seconds; Ctrl-C would stop it, and doing it again would go on from there.
          """,
        example: "let C = train vgg5, on: {data}, epochs: 5",
        aim: "This step wants a classifier with a name: train takes a network, and on: a data set.",
        done: "The line ends with the training loss, epoch by epoch.")
    case .measure:
      Tour.StepText(
        title: "how good it is",
        text: """
          Functions measure. accuracy is the share of test images, which the classifier has not seen, that it names rightly. The arguments of functions stand in parentheses.
          """,
        example: "accuracy({C})",
        aim: "This step wants a number about the classifier.",
        done: "A measured number. What was shown last is called _.")
    case .decode:
      Tour.StepText(
        title: "a layer, decoded",
        text: """
          Now the idea. The classifier's last layer, -1, has ten numbers for each image, one a class. What of the image is left in them? cladec trains a decoder that turns them back into an image, while the classifier stays as it is. inspect lists a classifier's layers; -3 is one with more left.
          """,
        example: "let E = cladec {C}, layer: -1, epochs: 5",
        aim: "This step wants a decoder with a name: cladec takes a classifier, and layer: one of its layers.",
        done: "Its training loss is the squared error of an image, which has fallen.")
    case .reference:
      Tour.StepText(
        title: "what it could have kept",
        text: """
          A blurred image alone says little: ten numbers are few. So the same layers and the same decoder are trained once more, from fresh weights, for nothing but restoring images. That is the reference. What it keeps and the classifier does not, the classifier has thrown away.
          """,
        example: "let R = refae {C}, layer: -1, epochs: 5",
        aim: "This step wants the reference with a name: refae takes the same classifier and layer as cladec did.",
        done: "The lower of the two training losses belongs to what has kept more.")
    case .compare:
      Tour.StepText(
        title: "side by side",
        text: """
          grid shows images and what models make of them, one model a row. save: keeps the figure as a file in the folder Outputs. Which patterns and tones does the reference restore that the classifier has no use for?
          """,
        example: "grid [input, {R}, {E}], of: {data}.test[0...7], save: \"layers\"",
        aim: "This step wants a figure of the decoded layer: grid takes a list, such as [input, R, E].",
        done: "What only the reference restores, the classifier has thrown away.")
    case .expect:
      Tour.StepText(
        title: "a claim",
        text: """
          expect states what must hold, and prints what it measured. In a notebook it is how a result is kept from changing unnoticed.
          """,
        example: "expect loss({R}) < loss({E})",
        aim: "This step wants an expectation about a decoder, such as its loss.",
        done: "A claim with its numbers. One that fails says so, and nothing stops.")
    case .save:
      Tour.StepText(
        title: "a notebook",
        text: """
          All of this was a session. save writes what led to the present names as a notebook: text with cells that run from the top, for you to go on writing in any editor.
          """,
        example: "save \"first\"",
        aim: "This step wants the session to be saved.",
        done: """
          That was the tour. Leave with quit, and type
              cladec run first.cladec
          (or the name that you gave it): it runs the notebook and writes a report with its figures into Outputs; nothing is trained again, since what was computed is kept. help sweeps, help alpha and help notebooks say what comes next.
          """)
    }
  }
}

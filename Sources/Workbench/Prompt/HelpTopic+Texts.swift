// What help says about ideas. Paragraphs are lines, which whoever shows them breaks.

extension HelpTopic {
  public static let all = [
    HelpTopic(
      word: "data", others: ["dataset", "datasets"],
      line: "data sets: images in two splits, with classes",
      text: """
        load gives a data set: a training split, from which models learn, and a test split, on which they are measured. garments is drawn by the program and needs no files; so is points, points of the plane for linear networks. fashion-mnist and mnist are read from their IDX files, in DIR/fashion-mnist and DIR/mnist, where DIR is --data DIR, $CLADEC_DATA or ~/.local/share/cladec; cladec doctor says what is there.
        train: and test: say how many images are taken, classes: which classes, size: how many pixels a side has.
        """,
      example: """
        let garments = load "garments", train: 4000, test: 1000
        garments.classes
        inspect garments.test[0...7]
        """),
    HelpTopic(
      word: "garments", others: [],
      line: "garments: ten kinds of clothing, drawn from factors",
      text: """
        Ten classes, called as Fashion-MNIST's are, drawn from continuous factors: the length of a sleeve, the gap between legs, tone, texture, position. Any number of them, always the same for the same seed:. As all factors of an image are known, one can see which of them a layer keeps, and which it lets go.
        """,
      example: """
        let garments = load "garments", train: 4000, test: 1000, seed: 2
        garments.factors
        grid [input], of: garments.test, where: class == "Dress"
        """),
    HelpTopic(
      word: "factors", others: ["factor"],
      line: "factors: what is known of images besides their classes",
      text: """
        Of garments and points everything is known, since they are drawn: show garments.factors. Of your own images a table tells it, factors.csv beside their folders: its first line is "file" and the factors' names, and each other line an image's path in the folder and its values. A factor whose first value is a number has numbers, another has words; an empty cell, or nan, says that the image does not have it. probe then asks what of it a layer or a picture still holds, and where: and sort: choose images by it. Plant one, and see whether it is found.
        """,
      example: """
        garments.factors
        probe C, factor: ["class", "tone"], layer: [-1, -3]
        grid [input], of: garments.test, sort: factor("tone"), count: 8
        """),
    HelpTopic(
      word: "layers", others: ["layer", "units", "channels"],
      line: "layers: what can be decoded, numbered from the back",
      text: """
        Every block of a network but dropout is a layer. They are numbered from the back, -1 being the logits, and have names, such as "conv3"; layer: takes either. A decoder learns to restore images from what the classifier makes of them up to that layer. The nearer to the logits, the less is left of what the decision does not need. units: shows the decoder some of the layer's channels alone, by number (0...15) or by how much they vary (varying(most: 16)). A decoder enlarges maps by factors of two and cuts off what is too much; where maps were made smaller by other strides, things stand elsewhere in its pictures than in the image, and a decoder: of your own with the same strides does better.
        """,
      example: """
        inspect C
        layers(C)
        let E = cladec C, layer: -3, epochs: 5
        let F = cladec C, layer: "conv3", epochs: 5
        """),
    HelpTopic(
      word: "alpha", others: ["α"],
      line: "alpha: how much a decoder has to please the classifier",
      text: """
        A decoder minimises (1 − α) · squared error + α · cross-entropy of the classifier on the restored image. With α = 0 it restores what it can. The nearer α is to 1, the more it shows what the classifier goes by, and the less how the image looked. Measure both sides: loss(E) and classification(E).
        """,
      example: """
        let E = cladec C, layer: -1, alpha: [0, 0.9], epochs: 5
        loss(E)
        classification(E)
        """),
    HelpTopic(
      word: "reference", others: ["RefAE"],
      line: "the reference: what the same layers could have kept",
      text: """
        refae trains the same layers and the same decoder together, from fresh weights, for nothing but restoring images. What the reference restores and ClaDec does not was lost because the classifier had no use for it; what neither restores was lost to the layer's size or to the decoder. So always look at both.
        """,
      example: """
        let E = cladec C, layer: -1, epochs: 5
        let R = refae C, layer: -1, epochs: 5
        loss(E) - loss(R)
        """),
    HelpTopic(
      word: "judge", others: ["evaluation", "judging"],
      line: "the judge: whether reconstructions still tell the classes",
      text: """
        The classifier that is explained is no fair judge of its own reconstructions. evaluate's judge: is a network that learns from restored training images alone, and is then asked about restored test images: its judged accuracy says what of the classes is left in the pictures. It learns for as many epochs as the classifier did, unless epochs: says otherwise.
        """,
      example: """
        let T = evaluate [E, R], judge: vgg5, epochs: 5
        table T, columns: ["squared error", "judged accuracy"]
        """),
    HelpTopic(
      word: "sweeps", others: ["sweep", "axes", "axis", "lists"],
      line: "sweeps: a list where one value is expected",
      text: """
        A list, or a range, where one value is expected is a sweep: the result has a value for each point, along an axis named by the label. Values combine along the axes that they share. mean, sd, min and max take axes away with over:, and tables and grids lay them out with rows: and columns:. There are no loops.
        """,
      example: """
        let D = train vgg5, on: garments, epochs: 5, seed: 1...2
        accuracy(D)
        mean(accuracy(D), over: "seed")
        """),
    HelpTopic(
      word: "seeds", others: ["seed", "random"],
      line: "seeds: where random numbers begin",
      text: """
        What a training draws at random (first weights, the order of images, dropout) is determined by its seed:, 1 unless another one is given; so the same text gives the same bits, on any machine and with any number of threads. How much of a result is chance is seen by sweeping over seeds.
        """,
      example: """
        let D = train vgg5, on: garments, epochs: 5, seed: 1...3
        sd(accuracy(D), over: "seed")
        """),
    HelpTopic(
      word: "choosing", others: ["where", "images", "selections", "slices"],
      line: "choosing images: slices and conditions",
      text: """
        A slice takes images by number, counted from 0, both ends included. where: asks each image: class is its class, predicted(C) what a classifier takes it for, confidence(C) how sure that is. sort: orders them by such an answer, and count: says how many are shown.
        """,
      example: """
        show garments.test[0...7]
        grid [input], of: garments.test, where: class == "Bag"
        grid [input, E], of: garments.test, sort: confidence(C), count: 4
        """),
    HelpTopic(
      word: "networks", others: ["architectures", "decoders", "decoder"],
      line: "networks: blocks from the image to the logits",
      text: """
        A network is a list of blocks, an architecture without weights; train gives it weights. The last block is dense(classes). vgg5 and resnet10 are there from the start; help blocks lists the blocks. decoder: takes a network that leads from a layer to the image, in place of the paper's.
        """,
      example: """
        let small = network [conv(16, stride: 2), conv(32, stride: 2), dense(classes)]
        inspect small
        let D = train small, on: garments, epochs: 5
        """),
    HelpTopic(
      word: "measures", others: ["measuring", "errors"],
      line: "measures: numbers about models",
      text: """
        accuracy(C) is the share of test images that a classifier names rightly. loss(E) is the squared error of an image, summed over its pixels, mse(E) the same per pixel, classification(E) the classifier's cross-entropy on reconstructions, agreement(C, E) how often it decides the same on an image and its reconstruction. cycle(E) is how far what the explained layer says of a reconstruction is from what it says of the image: 0 is the same, 1 as far away as the mean of all images. on: names other images.
        """,
      example: """
        accuracy(C)
        accuracy(C, on: garments.train)
        agreement(C, E)
        expect loss(R) < loss(E)
        """),
    HelpTopic(
      word: "probes", others: ["probing", "interventions", "truth", "shortcuts"],
      line: "probes: which factors a layer, or a picture, still holds",
      text: """
        Of garments every factor is known, of images of your own what factors.csv says of them (help factors). probe asks whether it can be read: a ridge regression, fitted on one half of the test images and measured on the other, gives R² of numbers and the accuracy of kinds, beside the same with random labels. intervene asks whether anything moves: each image is drawn again with one factor drawn anew, and the distance is compared with that of two images drawn at random. What can be read need not be used; what moves a decision is. load's shortcut: plants a factor that tells the class, so that one knows what should be found.
        """,
      example: """
        let P = probe [input, C, E], factor: ["class", "tone"]
        table P, rows: "factor", columns: "score"
        let M = intervene [input, C, E], factor: ["tone", "scale"]
        """),
    HelpTopic(
      word: "controls", others: ["control", "baselines", "sanity"],
      line: "controls: models that know less than an explanation should",
      text: """
        An explanation says something of a classifier only where it is better than its controls are, which stand beside it in tables and figures. randomise C gives the classifier fresh weights, all of them or from a layer on: what any features would give. baseline C shows what the class alone gives: decoders of the label or of the probabilities, or the mean of the class that C decides on. smooth R, to: E blurs the reference until it is as far from the images as ClaDec is: whether a judge rewards blur. evaluate's sees: lets a judge see the images themselves, or both. All are measured with C itself.
        """,
      example: """
        let E0 = cladec randomise(C), layer: -1, epochs: 5
        let B = baseline C, model: ["label only", "class mean"], epochs: 5
        evaluate [E, R, E0, B, smooth(R, to: E)]
        """),
    HelpTopic(
      word: "figures", others: ["grids", "pictures"],
      line: "figures: images and their reconstructions, side by side",
      text: """
        grid shows images and what models make of them, on one shared grey scale, so that pictures can be compared. A frame marks what the classifier takes for another class. rows: and columns: lay axes out; save: keeps the figure as a file in the folder Outputs.
        """,
      example: """
        grid [input, R, E], of: garments.test[0...7], save: "first"
        """),
    HelpTopic(
      word: "tables", others: ["saving"],
      line: "tables: measurements laid out for reading",
      text: """
        evaluate measures models, one row each; table lays that out. Nothing is averaged unless over: asks for it: then cells are mean ± sd (n). save: keeps it, with all digits, as CSV and as Markdown.
        """,
      example: """
        let T = evaluate [E, R]
        table T, rows: "model", columns: ["squared error", "mse"], save: "table-1"
        """),
    HelpTopic(
      word: "notebooks", others: ["notebook", "reports", "report"],
      line: "notebooks: text with cells that run from the top",
      text: """
        A notebook is Markdown, NAME.cladec, whose first line is <!-- cladec 1 -->; fenced blocks called cladec are its cells. cladec run NAME.cladec checks all of it, runs it from top to bottom, and writes a report, tables and figures into Outputs/NAME. Names are bound once, so no cell changes what stands above it. At the prompt, save "NAME" writes the session as a notebook, and run "NAME.cladec" runs one into the session. cladec replay computes a notebook anew and compares every value.
        """,
      example: """
        param epochs = 5
        let D = train vgg5, on: garments, epochs: epochs
        expect accuracy(D) > 0.01
        """),
    HelpTopic(
      word: "exercises", others: ["exercise", "sheet", "sheets", "blank", "blanks", "___", "coursework"],
      line: "exercises: notebooks with questions",
      text: """
        In an exercise sheet ___ is a blank: write your answer in its place. cladec run SHEET runs all that can be run, and ends with a table of the questions: answered or not, visible tests passed, points so far. A blank or a mistake stops only what needs it. cladec run SHEET --only q1 runs one question with what it needs; at the prompt, run "SHEET" leaves its names to be looked at. Teachers write a master, with solutions and hidden tests, and cladec release writes what students get of it.
        """,
      example: "let answer = 0.87\nexpect answer ~ 0.87 ± 0.02, \"look at the table again\""),
    HelpTopic(
      word: "store", others: ["cache", "kept"],
      line: "the store: nothing is computed twice",
      text: """
        What was computed is kept on disk, by a digest of all that it depends on; the same training, at the prompt or in a notebook, is not done again, and one that Ctrl-C stopped goes on where it was. Names, comments and the order of cells do not matter. cladec cache lists what is kept, and cladec cache why NB says what would be computed again.
        """,
      example: "let D = train vgg5, on: garments, epochs: 5\ntrain vgg5, on: garments, epochs: 5"),
    HelpTopic(
      word: "session", others: ["prompt", "repl"],
      line: "a session at the prompt",
      text: PromptWord.allCases.map { word in
        word.usage + String(repeating: " ", count: max(2, 16 - word.usage.count)) + word.documentation
      }.joined(separator: "\n") + """

        _               what was shown last

        A name may be bound again at the prompt; in a notebook it is bound once. help keys is about typing.
        """,
      example: ""),
    HelpTopic(
      word: "keys", others: ["editing", "history", "completion"],
      line: "typing: history, completion, several lines",
      text: """
        Tab         completes what fits where the cursor is; twice lists it
        ↑ ↓         brings earlier entries back, those of several lines as a whole
        Ctrl-R      searches them as you type
        Ctrl-C      drops what is typed, or stops the work that is going on
        Ctrl-D      ends, on an empty line

        A statement goes on in the next line while a bracket is open or after a comma. What is pasted may have its prompts, and the fences of its cells. An entry that begins with a blank is not kept. ~/.inputrc applies, set editing-mode vi included.
        """,
      example: ""),
    HelpTopic(
      word: "let", others: ["names", "binding"],
      line: "let NAME = …",
      text: """
        Binds a name to a value. In a notebook once: names never change, so no cell alters what stands above it. At the prompt a name may be bound again; what was made of its earlier value stays.
        """,
      example: "let garments = load \"garments\", train: 4000, test: 200", isIdea: false),
    HelpTopic(
      word: "param", others: ["parameters", "settings"],
      line: "param NAME = literal",
      text: """
        Binds a name to a number, a text or a truth value that the command line may replace: cladec run NB --set NAME=VALUE.
        """,
      example: "param first_seed = 1", isIdea: false),
    HelpTopic(
      word: "expect", others: ["expectations"],
      line: "expect condition, \"message\"",
      text: """
        Must hold, at every point of a sweep; prints what it measured. A text behind the condition is shown where it does not hold. A notebook with a failing expectation runs on, and ends with status 1.
        """,
      example: "expect loss(R) < 10000\nexpect accuracy(C) ~ 0.5 ± 0.5", isIdea: false),
    HelpTopic(
      word: "vgg5", others: [],
      line: "vgg5: a network of four convolutions of stride 2 and a dense layer",
      text: "The paper's smaller classifier. inspect vgg5 prints its definition and layers.",
      example: "inspect vgg5", isIdea: false),
    HelpTopic(
      word: "resnet10", others: [],
      line: "resnet10: a network of a convolution and four residual blocks",
      text: "The paper's larger classifier. inspect resnet10 prints its definition and layers.",
      example: "inspect resnet10", isIdea: false),
  ]
}

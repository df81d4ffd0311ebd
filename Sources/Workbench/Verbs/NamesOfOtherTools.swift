/// Names from other tools, with what stands for them here; those with parentheses only where they are called.
let namesOfOtherTools: [String: String] = [
  // Labels
  "lr": "write 'rate:'", "learning_rate": "write 'rate:'", "batch_size": "write 'batch:'",
  "batchsize": "write 'batch:'", "batchSize": "write 'batch:'", "bs": "write 'batch:'", "learningRate": "write 'rate:'",
  "weight_decay": "write 'decay:'", "weightDecay": "write 'decay:'", "l2": "write 'decay:'",
  "n_epochs": "write 'epochs:'", "num_epochs": "write 'epochs:'", "data": "write 'on:'", "dataset": "write 'on:'",
  "kernel_size": "write 'kernel:'", "strides": "write 'stride:'", "filters": "the number of maps has no label",
  "classifier": "the classifier has no label", "model": "the model has no label", "random_state": "write 'seed:'",
  "optimizer": "Adam is the only one", "filename": "write 'save:'", "α": "write 'alpha:'",
  "n": "write 'count:'", "filter": "write 'where:'",
  "loss": "write 'alpha:'",
  // Blocks
  "relu": "conv and deconv have it; else activation: \"relu\"", "ReLU": "conv and deconv have it",
  "sigmoid": "conv, deconv and dense take activation: \"sigmoid\"",
  "softmax": "the loss applies it: end with dense(classes)",
  "Softmax": "the loss applies it: end with dense(classes)", "flatten": "dense takes a map as it is",
  "Flatten": "dense takes a map as it is", "batchnorm": "conv has it; norm: false leaves it out",
  "BatchNorm2d": "conv has it; norm: false leaves it out", "linear": "write 'dense'", "Linear": "write 'dense'",
  "Dense": "write 'dense'", "Conv2d": "write 'conv'", "Conv2D": "write 'conv'", "conv2d": "write 'conv'",
  "MaxPool2d": "write 'pool'", "maxpool": "write 'pool'", "max_pool": "write 'pool'", "avgpool": "write 'average'",
  "upsample": "write 'deconv'", "ConvTranspose2d": "write 'deconv'", "Sequential": "write 'network'",
  // Functions and verbs
  "fit": "write 'train'", "std": "write 'sd'", "stdev": "write 'sd'", "average": "write 'mean'", "avg": "write 'mean'",
  "len": "images answer .count", "length()": "images answer .count", "predict": "predicted(C) is asked in where:",
  "score": "write 'accuracy'", "type()": "write 'inspect'", "typeof()": "write 'inspect'", "str()": "write 'inspect'",
  "summary()": "write 'inspect'", "describe()": "write 'inspect'", "head()": "write 'inspect'",
  "dim()": "write 'inspect'",
  "size()": "write 'inspect'", "View()": "write 'inspect'", "display()": "write 'show'", "repr()": "write 'show'",
  "plt": "'grid' and 'table' show results", "error": "write 'loss'", "range": "a range is written 1...5",
  "sum": "mean(x) times the number",
]

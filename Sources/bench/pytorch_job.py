"""The whole job of `bench --program` in PyTorch: classifier, RefAE and ClaDec at layer -1, from files to weights.

`bench --program --against-pytorch STEPS` runs it; the models are those of STEPS, the baseline's script. Prints, as
JSON, the seconds of each part; then the classifier's accuracy on the test images, and the squared errors of RefAE and
ClaDec there.
"""
import argparse
import gzip
import importlib.util
import json
import time
from pathlib import Path

import numpy
import torch
from torch.nn import functional as F

BATCH = 128


def read_idx(path):
    data = gzip.decompress(path.read_bytes())
    rank = data[3]
    shape = numpy.frombuffer(data, ">i4", rank, offset=4)
    return torch.tensor(numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * rank).reshape(shape))


def load(folder, split, layout, count=None):
    """Images of 32×32 pixels from 0 to 1, and their labels."""
    images = read_idx(folder / f"{split}-images-idx3-ubyte.gz")[:count].unsqueeze(1).float().div_(255)
    images = F.interpolate(images, size=(32, 32), mode="bilinear", align_corners=False)
    labels = read_idx(folder / f"{split}-labels-idx1-ubyte.gz")[:count].long()
    return images.contiguous(memory_format=layout), labels


def fit(parameters, count, epochs, loss):
    """`loss` takes the numbers of a batch's images."""
    optimiser = torch.optim.Adam(parameters, lr=1e-3, fused=True)
    for _ in range(epochs):
        for batch in torch.randperm(count).split(BATCH):
            optimiser.zero_grad(set_to_none=True)
            loss(batch).backward()
            optimiser.step()


@torch.inference_mode()
def mean(measure, *tensors):
    """The mean over all images of what `measure` returns as the mean over a batch of them."""
    batches = zip(*(tensor.split(BATCH) for tensor in tensors))
    return sum(measure(*batch).item() * len(batch[0]) for batch in batches) / len(tensors[0])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--steps", required=True, help="the script that has the models")
    arguments.add_argument("--data", type=Path, required=True, help="the folder that holds fashion-mnist")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--layout", choices=["contiguous", "channels_last"], default="channels_last")
    arguments.add_argument("--images", type=int, default=20000)
    arguments.add_argument("--epochs", type=int, default=5)
    arguments = arguments.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    layout = torch.channels_last if arguments.layout == "channels_last" else torch.contiguous_format
    specification = importlib.util.spec_from_file_location("steps", arguments.steps)
    steps = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(steps)

    seconds = {}
    clock = time.perf_counter()

    def done(part):
        nonlocal clock
        seconds[part], clock = time.perf_counter() - clock, time.perf_counter()

    folder = arguments.data / "fashion-mnist"
    images, labels = load(folder, "train", layout, arguments.images)
    test_images, test_labels = load(folder, "t10k", layout)
    done("load")

    classifier = steps.VGG5().to(memory_format=layout)

    def classification(batch):
        return F.cross_entropy(classifier(images.index_select(0, batch)), labels.index_select(0, batch))

    fit(classifier.parameters(), len(images), arguments.epochs, classification)
    classifier.eval().requires_grad_(False)
    done("classifier")

    encoder = steps.VGG5()
    encoder.dropout = torch.nn.Identity()  # The reference has none.
    refae = torch.nn.Sequential(encoder, steps.Decoder(-1)).to(memory_format=layout)

    def restoration(batch):
        originals = images.index_select(0, batch)
        return steps.squared_error(refae(originals), originals)

    fit(refae.parameters(), len(images), arguments.epochs, restoration)
    refae.eval()
    done("refae")

    decoder = steps.Decoder(-1).to(memory_format=layout)
    with torch.no_grad():
        codes = torch.cat([classifier(batch) for batch in images.split(BATCH)])

    def decoding(batch):
        return steps.squared_error(decoder(codes.index_select(0, batch)), images.index_select(0, batch))

    fit(decoder.parameters(), len(images), arguments.epochs, decoding)
    cladec = torch.nn.Sequential(classifier, decoder).eval()
    done("cladec")

    accuracy = mean(lambda x, y: (classifier(x).argmax(1) == y).float().mean(), test_images, test_labels)
    errors = [mean(lambda x: steps.squared_error(model(x), x), test_images) for model in (refae, cladec)]
    done("evaluation")
    print(json.dumps(seconds))
    print(json.dumps([accuracy, *errors]))


if __name__ == "__main__":
    main()

"""Reads artifacts of the store with the package safetensors, and computes with their arrays what the engine computed,
by the definitions of PyTorch's Conv2d, ConvTranspose2d, BatchNorm2d and Linear in double precision.

read_store.py IMAGES CLASSIFIER CLADEC PREDICTIONS RECONSTRUCTIONS
"""

import json
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file


def conv2d(x, weight, stride, padding):
    n, _, height, width = x.shape
    out, _, kh, kw = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (height + 2 * padding - kh) // stride + 1
    columns = (width + 2 * padding - kw) // stride + 1
    y = np.zeros((n, out, rows, columns))
    for i in range(rows):
        for j in range(columns):
            patch = x[:, :, i * stride:i * stride + kh, j * stride:j * stride + kw]
            y[:, :, i, j] = np.einsum("nchw,ochw->no", patch, weight)
    return y


def conv_transpose2d(x, weight, stride, padding, output_padding):
    n, _, height, width = x.shape
    _, out, kh, kw = weight.shape
    rows = (height - 1) * stride - 2 * padding + kh + output_padding
    columns = (width - 1) * stride - 2 * padding + kw + output_padding
    y = np.zeros((n, out, rows + 2 * padding, columns + 2 * padding))
    for i in range(height):
        for j in range(width):
            y[:, :, i * stride:i * stride + kh, j * stride:j * stride + kw] += np.einsum(
                "nc,cohw->nohw", x[:, :, i, j], weight)
    return y[:, :, padding:padding + rows, padding:padding + columns]


def batch_norm(x, arrays, name, eps=1e-5):
    def channel(kind):
        return arrays[f"{name}.norm.{kind}"].astype(float)[None, :, None, None]
    return (x - channel("running_mean")) / np.sqrt(channel("running_var") + eps) * channel("weight") + channel("bias")


def linear(x, arrays, name):
    return x @ arrays[name + ".weight"].astype(float).T + arrays[name + ".bias"]


def relu(x):
    return np.maximum(x, 0)


def near(found, expected, what):
    worst = np.abs(found - expected).max()
    if not worst < 1e-5:
        sys.exit(f"{what} are off by {worst}")
    if not np.abs(expected).max() > 1e-2:
        sys.exit(f"{what} say nothing")


images, classifier, cladec, predictions, reconstructions = map(load_file, sys.argv[1:])
# [image, row, column, channel], bytes
x = images["pixels"].transpose(0, 3, 1, 2) / 255

y = relu(batch_norm(conv2d(x, classifier["conv1.weight"].astype(float), 2, 1), classifier, "conv1"))
y = relu(conv2d(y, classifier["conv2.weight"].astype(float), 1, 1)
         + classifier["conv2.bias"].astype(float)[None, :, None, None])
logits = linear(relu(linear(y.reshape(len(y), -1), classifier, "dense1")), classifier, "logits")
probabilities = np.exp(logits - logits.max(1, keepdims=True))
probabilities /= probabilities.sum(1, keepdims=True)
near(probabilities.max(1), predictions["confidences"], "confidences")
if (probabilities.argmax(1) != predictions["classes"]).any():
    sys.exit("other classes are predicted")

# Of the second convolution's map.
z = relu(linear(y.reshape(len(y), -1), cladec, "decoder.dense1")).reshape(len(y), 3, 4, 3)
z = conv_transpose2d(z, cladec["decoder.deconv1.weight"].astype(float), 1, 1, 0)
z = relu(z + cladec["decoder.deconv1.bias"].astype(float)[None, :, None, None])
z = conv_transpose2d(z, cladec["decoder.deconv2.weight"].astype(float), 2, 2, 1)
z = 1 / (1 + np.exp(-(z + cladec["decoder.deconv2.bias"].astype(float)[None, :, None, None])))
near(z.transpose(0, 2, 3, 1), reconstructions["pixels"], "reconstructions")

if cladec["history"].dtype != np.float64 or cladec["history"].shape != (2,):
    sys.exit("the history is another")
with safe_open(sys.argv[3], framework="numpy") as file:
    metadata = file.metadata()
if json.loads(metadata["recipe"])["kind"] != "cladec" or len(metadata["digest"]) != 64:
    sys.exit("the metadata are others")
print("read")

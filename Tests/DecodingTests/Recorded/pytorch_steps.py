#!/usr/bin/env python3
"""Trains VGG-5 and ClaDec for a few steps in PyTorch from cladec's own initial weights, and prints the losses that
`PyTorchTests.swift` compares with. Needs torch and numpy:

    python pytorch_steps.py

Weights and images come from the same counter-based generator (Threefry-4x32-20), written here a second time.
"""
import numpy as np
import torch
import torch.nn.functional as F

STEPS, BATCH, CLASSES = 5, 128, 10
ROTATIONS = ((10, 26), (11, 21), (13, 27), (23, 5), (6, 20), (17, 11), (25, 10), (18, 20))


def words(seed, purpose, count, step=0):
    digest = 0xCBF29CE484222325
    for byte in purpose.encode():
        digest = ((digest ^ byte) * 0x100000001B3) % 2**64
    key = [seed % 2**32, seed >> 32, digest % 2**32, digest >> 32]
    key.append(0x1BD11BDA ^ key[0] ^ key[1] ^ key[2] ^ key[3])
    groups = (count + 63) // 64
    x = [np.arange(groups * 16, dtype=np.uint64)] + [np.zeros(groups * 16, dtype=np.uint64) for _ in range(3)]
    x[1] += np.uint64(step)
    x = [(x[i] + key[i]) % 2**32 for i in range(4)]
    for r in range(20):
        for (a, b), bits in zip(((0, 1), (2, 3)) if r % 2 == 0 else ((0, 3), (2, 1)), ROTATIONS[r % 8]):
            x[a] = (x[a] + x[b]) % 2**32
            x[b] = ((x[b] << np.uint64(bits)) % 2**32 | x[b] >> np.uint64(32 - bits)) ^ x[a]
        if r % 4 == 3:
            n = r // 4 + 1
            x = [(x[i] + key[(n + i) % 5] + (n if i == 3 else 0)) % 2**32 for i in range(4)]
    # Element e is word e % 64 // 16 of lane e % 16 of group e // 64.
    return np.stack([v.reshape(groups, 16) for v in x], axis=1).reshape(-1)[:count]


def uniform(purpose, extents, fan_in):
    bound = np.float32(1 / np.sqrt(np.float64(fan_in)))
    count = int(np.prod(extents))
    grid = (words(1, purpose, count) >> np.uint64(8)).astype(np.float32) * np.float32(2.0**-23) - np.float32(1)
    return torch.from_numpy((grid * bound).reshape(extents))


def parameter(t):
    return t.contiguous().clone().requires_grad_()


def conv(role, name, a, b, k):  # [tap, in, out] -> [out, in, y, x]
    w = uniform(f"{role}/weights/{name}/weight", (k, k, a, b), a * k * k)
    return parameter(w.permute(3, 2, 0, 1))


def vgg(role):
    widths = (1, 32, 64, 128, 256)
    net = {f"w{i}": conv(role, f"conv{i + 1}", widths[i], widths[i + 1], 3) for i in range(4)}
    for i in range(4):
        net[f"g{i}"], net[f"b{i}"] = parameter(torch.ones(widths[i + 1])), parameter(torch.zeros(widths[i + 1]))
    w = uniform(f"{role}/weights/logits/weight", (4, 256, CLASSES), 1024)
    net["w"] = parameter(w.permute(2, 1, 0).reshape(CLASSES, 1024))
    net["b"] = parameter(uniform(f"{role}/weights/logits/bias", (CLASSES,), 1024))
    return net


def mask(step, images):
    """Dropout of one half before VGG-5's dense layer: one word for each of [pixel][image][channel]."""
    drawn = words(1, "classifier/dropout/dropout1", 4 * images * 256, step) >= 2**31
    return torch.from_numpy(drawn.reshape(4, images, 256).transpose(1, 2, 0) * np.float32(2)).reshape(images, 256, 2, 2)


def logits(net, x, statistics, dropout=None):
    for i in range(4):
        x = F.conv2d(x, net[f"w{i}"], stride=2, padding=1)
        mean, variance = statistics[i] if statistics else (torch.zeros(x.shape[1]), torch.ones(x.shape[1]))
        x = F.relu(F.batch_norm(x, mean, variance, net[f"g{i}"], net[f"b{i}"], training=not statistics))
    if dropout is not None:
        x = x * dropout
    return F.linear(x.flatten(1), net["w"], net["b"])


def decoder(role):
    w = uniform(f"{role}/weights/dense1/weight", (4, CLASSES, 256), CLASSES)
    b = uniform(f"{role}/weights/dense1/bias", (4, 256), CLASSES)
    net = {"w": parameter(w.permute(2, 0, 1).reshape(1024, CLASSES)), "b": parameter(b.t().reshape(1024))}
    widths = (256, 128, 64, 32, 1)
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        shape = (5, 5, b, a) if b == 1 else (5, 5, a, b)
        w = uniform(f"{role}/weights/deconv{i + 1}/weight", shape, b * 25)
        net[f"w{i}"] = parameter(w.permute(3, 2, 0, 1) if b == 1 else w.permute(2, 3, 0, 1))
        net[f"b{i}"] = parameter(uniform(f"{role}/weights/deconv{i + 1}/bias", (b,), b * 25))
    return net


def decode(net, code):
    x = F.relu(F.linear(code, net["w"], net["b"])).view(-1, 256, 2, 2)
    for i in range(4):
        x = F.conv_transpose2d(x, net[f"w{i}"], net[f"b{i}"], stride=2, padding=2, output_padding=1)
        x = F.relu(x) if i < 3 else torch.sigmoid(x)
    return x


def train(net, loss, steps=STEPS):
    optimiser, losses = torch.optim.Adam(list(net.values()), lr=1e-3), []
    for step in range(steps):
        optimiser.zero_grad()
        value = loss(step)
        value.backward()
        optimiser.step()
        losses.append(value.item())
    return losses


drawn = words(1, "pictures", BATCH * 1025)
images = torch.from_numpy((drawn[: BATCH * 1024] >> np.uint64(24)).astype(np.float32) / np.float32(255))
images = images.view(BATCH, 1, 32, 32)
labels = torch.from_numpy((drawn[BATCH * 1024:] % np.uint64(CLASSES)).astype(np.int64))

classifier = vgg("classifier")
print("classifier", train(classifier, lambda _: F.cross_entropy(logits(classifier, images, None), labels)))

dropping = vgg("classifier")
print("dropout", train(dropping, lambda step: F.cross_entropy(logits(dropping, images, None, mask(step, BATCH)), labels)))
# The first layer's gradients of the first step, behind all others: the sum of squares of each.
dropping = vgg("classifier")
F.cross_entropy(logits(dropping, images, None, mask(0, BATCH)), labels).backward()
print("gradients", [float((dropping[k].grad.double() ** 2).sum()) for k in ("w0", "g0", "b0", "w1", "w")])

# An untrained classifier with its initial statistics, explained at the logits.
frozen = {k: v.detach() for k, v in vgg("classifier").items()}
initial = [(torch.zeros(c), torch.ones(c)) for c in (32, 64, 128, 256)]
code = logits(frozen, images, initial)
explainer = decoder("cladec/decoder")


def equation_one(_):
    out = decode(explainer, code)
    error = ((out - images) ** 2).flatten(1).sum(1).mean()
    return 0.5 * error + 0.5 * F.cross_entropy(logits(frozen, out, initial), labels)


print("cladec", train(explainer, equation_one))

encoder, reference = vgg("refae/encoder"), decoder("refae/decoder")
both = {**{"e" + k: v for k, v in encoder.items()}, **{"d" + k: v for k, v in reference.items()}}
print("refae", train(both, lambda _: ((decode(reference, logits(encoder, images, None)) - images) ** 2).flatten(1).sum(1).mean()))

# Few images, where many a weight's gradient is exactly zero.
for few in (1, 7):
    for dtype in (torch.float32, torch.float64):
        small = {k: v.detach().to(dtype).requires_grad_() for k, v in decoder("cladec/decoder").items()}
        seen, shown = code[:few].to(dtype), images[:few].to(dtype)
        print("few", few, dtype, train(small, lambda _: ((decode(small, seen) - shown) ** 2).flatten(1).sum(1).mean(), 10))

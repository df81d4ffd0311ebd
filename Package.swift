// swift-tools-version: 6.2
import PackageDescription

/// The kernels are one folder of Swift, `Sources/KernelSource`, built once per instruction set: the other folders are
/// links to it, and differ by these flags alone. Which of them runs is decided when the program starts.
#if arch(x86_64)
  let instructionSets: [(target: String, flags: [String])] = [
    ("KernelsBaseline", []),
    ("KernelsAVX2", ["-Xcc", "-march=x86-64-v3", "-D", "AVX2"]),
    ("KernelsAVX512", ["-Xcc", "-march=x86-64-v4", "-D", "AVX512"]),
  ]
#else
  let instructionSets: [(target: String, flags: [String])] = [("KernelsBaseline", [])]
#endif

/// Kernels are optimised in every configuration: without it they are a thousand times slower.
let kernelFlags = ["-O", "-wmo", "-num-threads", "2", "-Xcc", "-fno-math-errno"]

let kernels: [Target] = instructionSets.map {
  .target(
    name: $0.target, dependencies: ["KernelTypes"],
    swiftSettings: [.unsafeFlags(kernelFlags + $0.flags)])
}

let package = Package(
  name: "cladec",
  products: [.executable(name: "cladec", targets: ["cladec"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "CCairo", pkgConfig: "cairo-ft", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(name: "CSandbox"),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "CCommonMark", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  ] + kernels + [
    /// Optimised in every configuration: photographs have many pixels.
    .target(name: "Images", swiftSettings: [.unsafeFlags(["-O"])]),
    .target(name: "ImageFiles", dependencies: ["CJPEG", "CPNG", "Images"]),
    .target(name: "KernelTypes"),
    .target(
      name: "Tensors",
      dependencies: ["Images", "KernelTypes"] + instructionSets.map { .target(name: $0.target) },
      linkerSettings: [.linkedLibrary("m")]),
    .target(name: "Host", dependencies: ["CSandbox", "Tensors", "Text"]),
    .target(name: "Networks", dependencies: ["Images", "Tensors"]),
    .target(name: "Decoding", dependencies: ["Images", "Networks", "Tensors"]),
    /// Optimised in every configuration: digests of data sets are many megabytes.
    .target(name: "Text", swiftSettings: [.unsafeFlags(["-O"])]),
    .target(name: "Files", dependencies: ["Text"]),
    /// Optimised in every configuration: a ridge regression is a cubic number of multiplications.
    .target(name: "Probing", swiftSettings: [.unsafeFlags(["-O"])]),
    .target(name: "Datasets", dependencies: ["CArchive", "CZlib", "Files", "ImageFiles", "Images", "Text"]),
    .target(
      name: "Typefaces", exclude: ["OFL.txt"],
      resources: [.embedInCode("Arimo-Regular.ttf"), .embedInCode("Arimo-Bold.ttf")]),
    .target(name: "Figures", dependencies: ["CCairo", "CPNG", "ImageFiles", "Images", "Text", "Typefaces"]),
    .target(name: "Downloads", dependencies: ["CCurl", "Files", "Text"]),
    .target(name: "Diagnostics", dependencies: ["Text"]),
    .target(name: "Syntax", dependencies: ["Diagnostics", "Text"]),
    .target(name: "Notebooks", dependencies: ["Diagnostics", "Text"]),
    .target(name: "Interpreter", dependencies: ["Diagnostics", "Syntax", "Text"]),
    .target(
      name: "Experiments",
      dependencies: ["Datasets", "Decoding", "Files", "Images", "Networks", "Probing", "Tensors", "Text"]),
    .target(
      name: "Workbench",
      dependencies: [
        "Datasets", "Decoding", "Diagnostics", "Experiments", "Figures", "Images", "Interpreter", "Networks",
        "Notebooks", "Syntax",
        "Tensors", "Text",
      ]),
    .target(
      name: "Reports",
      dependencies: [
        "CCommonMark", "Diagnostics", "Figures", "Interpreter", "Notebooks", "Syntax", "Text", "Workbench",
      ]),
    .target(
      name: "Coursework",
      dependencies: [
        "Datasets", "Diagnostics", "Experiments", "Figures", "Files", "Interpreter", "Notebooks", "Reports", "Syntax",
        "Tensors", "Text", "Workbench",
      ]),
    .target(name: "Clusters", dependencies: ["Diagnostics", "Experiments", "Notebooks", "Text", "Workbench"]),
    .target(name: "Console", dependencies: ["CReadline", "Files", "Text"]),
    .executableTarget(
      name: "cladec",
      dependencies: [
        "Clusters", "Console", "Coursework", "Datasets", "Diagnostics", "Downloads", "Experiments", "Figures", "Files",
        "Host", "Interpreter", "Networks", "Notebooks", "Reports", "Syntax", "Tensors", "Text", "Workbench",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "bench",
      dependencies: [
        "Decoding", "Host", "Images", "Networks", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.embedInCode("pytorch_job.py")]),
    .testTarget(
      name: "ClustersTests",
      dependencies: ["Clusters", "Diagnostics", "Experiments", "Host", "Notebooks", "Text", "Workbench"]),
    .testTarget(name: "CommandLineTests", exclude: ["Recorded"]),
    .testTarget(
      name: "CourseworkTests",
      dependencies: ["Coursework", "Diagnostics", "Experiments", "Host", "Notebooks", "Text", "Workbench"]),
    .testTarget(name: "ConsoleTests", dependencies: ["Console", "Files"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Figures", "Images", "Text"]),
    .testTarget(
      name: "DecodingTests", dependencies: ["Decoding", "Host", "Images", "Networks", "Tensors", "Text"],
      exclude: ["Recorded"]),
    .testTarget(name: "DownloadsTests", dependencies: ["Downloads", "Files", "Text"]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "Text"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["Datasets", "Decoding", "Experiments", "Files", "Host", "Images", "Networks", "Tensors", "Text"],
      exclude: ["Python"]),
    .testTarget(name: "FiguresTests", dependencies: ["Figures", "Text"]),
    .testTarget(name: "FilesTests", dependencies: ["Files"]),
    .testTarget(name: "ImageFilesTests", dependencies: ["ImageFiles", "Images", "Text"]),
    .testTarget(name: "ImagesTests", dependencies: ["Images"]),
    .testTarget(name: "InterpreterTests", dependencies: ["Interpreter", "Syntax", "Diagnostics", "Text"]),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(name: "NetworksTests", dependencies: ["AllocationCounter", "Host", "Images", "Networks", "Tensors"]),
    .testTarget(name: "NotebooksTests", dependencies: ["Notebooks", "Diagnostics"]),
    .testTarget(name: "ProbingTests", dependencies: ["Probing"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "Datasets", "Diagnostics", "Figures", "Host", "Interpreter", "Notebooks", "Text", "Workbench",
      ]),
    .testTarget(name: "SyntaxTests", dependencies: ["Syntax", "Diagnostics"], exclude: ["Cases"]),
    // Its reference in double precision would be a hundred times slower without optimisation.
    .testTarget(
      name: "TensorsTests", dependencies: ["Host", "Images", "Tensors", "KernelTypes"],
      swiftSettings: [.unsafeFlags(["-O"])]),
    .testTarget(name: "TextTests", dependencies: ["Text"]),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: [
        "Workbench", "Datasets", "Decoding", "Diagnostics", "Experiments", "Figures", "Host", "Images",
        "Interpreter", "Networks", "Notebooks", "Reports", "Syntax", "Tensors", "Text",
      ],
      exclude: ["Cases", "Submissions"]),
  ]
)

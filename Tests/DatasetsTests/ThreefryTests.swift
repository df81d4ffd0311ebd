import Datasets
import Testing

/// Threefry-4x32-20 against the known answers that its authors published.
@Suite struct ThreefryTests {
  static let answers: [[UInt32]] = [
    [
      0, 0, 0, 0, 0, 0, 0, 0,
      0x9c6c_a96a, 0xe17e_ae66, 0xfc10_ecd4, 0x5256_a7d8,
    ],
    [
      0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff,
      0x2a88_1696, 0x5701_2287, 0xf6c7_446e, 0xa16a_6732,
    ],
    [
      0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344, 0xa409_3822, 0x299f_31d0, 0x082e_fa98, 0xec4e_6c89,
      0x59cd_1dbb, 0xb887_9579, 0x86b5_d00c, 0xac8b_6d84,
    ],
  ]

  @Test(arguments: answers) func `Known answers: counter, key, result`(words: [UInt32]) {
    let result = Threefry(key: (words[4], words[5], words[6], words[7])).block((words[0], words[1], words[2], words[3]))
    #expect([result.0, result.1, result.2, result.3] == Array(words[8...]))
  }
}

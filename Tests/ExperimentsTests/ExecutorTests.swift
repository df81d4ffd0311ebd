import Decoding
import Experiments
import Host
import Images
import Networks
import Synchronization
import Tensors
import Testing
import Text

/// How jobs are done, whatever they are.
@Suite struct ExecutorTests {
  private func artifacts(_ executor: Executor) -> [SHA256.Digest?] {
    SmallJobs().all.map { executor.store.artifactDigest(of: $0) }
  }

  @Test("results do not depend on how many jobs are done side by side, on threads, or on the order of asking")
  func sameBits() throws {
    let alone = Executor(on: .here, library: Library(), threads: 1)
    try alone.make(SmallJobs().all)
    let first = artifacts(alone)
    #expect(!first.contains(nil))
    // Two judges may be right equally often.
    let others = zip(SmallJobs().all, first).filter { !($0.0 is Judgement) }.map(\.1)
    #expect(Set(others).count == others.count)
    for (jobs, threads, list) in [
      (1, 2, SmallJobs().all.reversed()), (2, 2, SmallJobs().all), (3, 4, SmallJobs().all.reversed()),
    ] as [(Int, Int, [any Job])] {
      let executor = Executor(on: .here, library: Library(), jobs: jobs, threads: threads)
      try executor.make(list)
      #expect(artifacts(executor) == first)
    }
  }

  @Test("what is missing is made, each once, before what needs it", arguments: [1, 2]) func missing(jobs: Int) throws {
    var begun: [String] = []
    let executor = Executor(
      on: .here, library: Library(), jobs: jobs, threads: 2,
      watch: { progress in
        if progress.fraction == 0 { begun.append(progress.title) }
        return true
      })
    let small = SmallJobs()
    // Nothing of what a fine-tuned classifier's explanation needs is there yet.
    let explained = ClaDecTraining(small.tuned, layer: -1, on: small.images, small.options)
    let measurement = Measurement(of: explained, observer: small.tuned, on: small.test)
    _ = try executor.value(of: measurement)
    let order = begun
    #expect(order.count == 7 && order.filter { $0 == "made-up images" }.count == 2)
    #expect(order.firstIndex(of: small.classifier.title) ?? .max < order.firstIndex(of: small.tuned.title) ?? -1)
    #expect(order.firstIndex(of: small.tuned.title) ?? .max < order.firstIndex(of: explained.title) ?? -1)
    #expect(order.last == measurement.title)
    try executor.make([measurement, explained])
    _ = try executor.value(of: small.classifier)
    #expect(begun == order)
  }

  @Test("a job is stopped at its next step, and nothing begins after it", arguments: [1, 2]) func stopped(jobs: Int) {
    var (steps, begun) = (0, 0)
    let executor = Executor(
      on: .here, library: Library(), jobs: jobs, threads: 2,
      watch: { progress in
        begun += progress.fraction == 0 ? 1 : 0
        steps += progress.training == nil ? 0 : 1
        return steps < 2
      })
    // Far longer than anybody would wait.
    var small = SmallJobs()
    small.options.epochs = 100_000
    #expect(throws: JobError.interrupted) { try executor.make(small.all) }
    #expect(steps == 2 && begun <= 3 + jobs)
    #expect(executor.store.digests.isSubset(of: [small.images.digest, small.test.digest]))
  }

  @Test("a step that is under way can be stopped, too", arguments: [1, 2]) func withinStep(jobs: Int) {
    let executor = Executor(on: .here, library: Library(), jobs: jobs, threads: 2, shouldStop: { true })
    #expect(throws: JobError.interrupted) { try executor.make(SmallJobs().all) }
    #expect(!executor.store.has(SmallJobs().classifier))
  }

  @Test("measuring, predicting and reconstructing are watched and can be stopped") func evaluation() throws {
    var small = SmallJobs()
    small.test = MadeUpImages(small.test.shape, classes: 4, count: 300)
    for job in [small.predictions, small.measurement, Reconstructions(by: small.cladec, of: small.test)] as [any Job] {
      var fractions: [Double] = []
      var mayGoOn = true
      let executor = Executor(
        on: .here, library: Library(), threads: 1,
        watch: { progress in
          if progress.title == job.title { fractions.append(progress.fraction) }
          return mayGoOn || progress.title != job.title || progress.fraction == 0
        })
      try executor.make(job.dependencies)
      mayGoOn = false
      #expect(throws: JobError.interrupted) { try executor.make([job]) }
      #expect(fractions.count == 2 && fractions[1] < 0.5)
      mayGoOn = true
      try executor.make([job])
      #expect(fractions.last == 1 && fractions.count >= 5)
    }
  }

  @Test("an error names the network that was at work, and stops what stands beside it", arguments: [1, 2])
  func errors(jobs: Int) {
    var small = SmallJobs()
    small.options.learningRate = 1e30
    small.options.epochs = 30
    let executor = Executor(on: .here, library: Library(), jobs: jobs, threads: 2)
    do throws(JobError) {
      try executor.make([small.classifier, SmallJobs().judgement])
      Issue.record("nothing diverged")
    } catch {
      guard case .training(.diverged, let network) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(network == "tiny")
    }
  }

  @Test("what a job takes is known without doing it, and grows with its work") func costs() throws {
    let executor = Executor(on: .here, library: Library(), threads: 1)
    var small = SmallJobs()
    let first = try small.all.map { try executor.cost(of: $0) }
    #expect(executor.store.digests.isEmpty)
    #expect(first.dropFirst(2).allSatisfy { $0.multiplyAdds > 0 && $0.memory > 0 })
    small.options.epochs = 4
    #expect(try executor.cost(of: small.classifier).multiplyAdds == 2 * first[2].multiplyAdds)
    #expect(first[2].training != nil && first[6].training == nil)
  }

  @Test("multiply-adds are those of the layers that work, backward twice as many as forward") func multiplyAdds() throws
  {
    let executor = Executor(on: .here, library: Library(), threads: 1)
    let small = SmallJobs()
    func count(_ job: any Job) throws -> Int { try executor.cost(of: job).multiplyAdds }
    let layers = try small.network.layers(input: small.images.shape, classes: 4)
    let (whole, encoder) = (layers[0].multiplyAdds + layers[1].multiplyAdds, layers[0].multiplyAdds)
    #expect(encoder > 0 && whole > encoder)
    func decoder(_ layer: Layer, _ units: [Int]?) throws -> Int {
      try Architecture.decoder(for: layer, image: small.images.shape).layers(
        decoding: layer.output.keeping(units), to: small.images.shape, classes: 4
      ).reduce(0) { $0 + $1.multiplyAdds }
    }
    // Two epochs of eight images; five images to test.
    #expect(try count(small.classifier) == 2 * 8 * 3 * whole)
    #expect(try count(small.tuned) == 2 * 8 * 3 * whole)
    let two = try decoder(layers[0], [0, 2])
    // Activations are computed once; the classifier that judges learns nothing.
    #expect(try count(small.cladec) == 8 * encoder + 2 * 8 * (3 * two + 2 * whole))
    // Without the second loss nobody judges.
    let plain = ClaDecTraining(
      small.classifier, layer: -2, alpha: 0, units: .numbered([0, 2]), on: small.images, small.options)
    #expect(try count(plain) == 8 * encoder + 2 * 8 * 3 * two)
    let logits = try decoder(layers[1], nil)
    #expect(try count(small.refae) == 2 * 8 * 3 * (whole + logits))
    #expect(try count(small.predictions) == 5 * whole)
    #expect(try count(small.reconstructions) == 2 * (encoder + two))
    // One more is held as 64 floats.
    let more = Reconstructions(by: small.cladec, of: small.test, chosen: [0, 1, 3])
    #expect(
      try executor.cost(of: more).memory - executor.cost(of: small.reconstructions).memory
        == small.images.shape.count * 4)
    #expect(try count(small.measurement) == 5 * (whole + logits + whole))
    // What is measured to know a time are four batches.
    #expect(small.predictions.miniature.extent == Extent(images: 512, batch: 128))
    #expect(
      small.classifier.miniature.extent
        == Extent(images: 4 * small.classifier.options.batchSize, batch: small.classifier.options.batchSize))
    #expect(try count(small.judgement) == 2 * 8 * 3 * whole + (8 + 5) * (encoder + two))
  }

  @Test("a stopwatch gives each kind of job a time, and none when its patience is over") func stopwatch() {
    var time = 0.0
    let clock = {
      time += 1
      return time
    }
    let jobs = SmallJobs().all
    let watch = Stopwatch(on: .here, threads: 1, patience: .infinity, now: clock)
    for job in jobs.dropFirst(2) { #expect((watch.estimate(job) ?? 0) > 0, "\(job.title)") }
    #expect(watch.estimate(jobs[0]) == 0)
    // What has been done of it takes no time any more, what comes before its first step does.
    let steps = jobs[2].extent.steps
    let times = [0, steps / 2, steps].compactMap { watch.estimate(jobs[2], after: $0) }
    #expect(times.count == 3 && times[0] > times[1] && times[1] > times[2] && times[2] >= 0)
    #expect(abs(times[0] - 2 * times[1] + times[2]) < 1e-9)
    // By this clock each step takes a second, and nothing comes before the first.
    #expect(abs(times[0] - Double(steps)) < 1e-9 && times[2] == 0)
    // Patience is counted from the beginning, whatever the clock says then.
    time = 1e6
    #expect(Stopwatch(on: .here, threads: 1, patience: 1000, now: clock).estimate(jobs[2]) != nil)
    let hasty = Stopwatch(on: .here, threads: 1, patience: 0, now: clock)
    #expect(jobs.dropFirst(2).allSatisfy { hasty.estimate($0) == nil })
    #expect(Stopwatch(on: .here, threads: 1, now: clock).estimate(jobs[2], while: { false }) == nil)
  }

  @Test("timing a job stops within a step, and gives no time") func stoppedTiming() {
    let job = SmallJobs().cladec
    func time(until limit: Int) -> (asked: Int, estimate: Double?) {
      let asked = Counter()
      let watch = Stopwatch(on: .here, threads: 1, patience: .infinity, now: { Double(asked.count) })
      let estimate = watch.estimate(job) { asked.next() < limit }
      return (asked.count, estimate)
    }
    let whole = time(until: .max)
    // Its eight steps ask for each operation.
    #expect(whole.estimate != nil && whole.asked > 100)
    for limit in [whole.asked / 2, whole.asked / 3, 5] {
      let broken = time(until: limit)
      #expect(broken.estimate == nil && broken.asked <= limit + 3, "\(limit) of \(whole.asked)")
    }
  }

  private final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func next() -> Int {
      value.withLock { value in
        value += 1
        return value
      }
    }
  }

  @Test("the judge learns from reconstructions for as long as it is told, with the seed that it is told") func judge()
    throws
  {
    var small = SmallJobs()
    small.test = MadeUpImages(small.test.shape, classes: 4, count: 200)
    var steps = 0
    let executor = Executor(
      on: .here, library: Library(), threads: 1,
      watch: { progress in
        if progress.title == small.judgement.title, progress.training != nil { steps += 1 }
        return true
      })
    _ = try executor.value(of: small.judgement)
    #expect(steps == 2 * 3)
  }
}

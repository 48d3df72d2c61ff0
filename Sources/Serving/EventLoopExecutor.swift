// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Runs tasks on a connection's own event loop, so that a request is answered by the thread that read it.
///
/// Between threads, a request costs four switches; here it costs none until it waits for the disk. What computes for long
/// belongs elsewhere: it would hold up the other connections of the loop.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

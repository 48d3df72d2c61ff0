// SPDX-License-Identifier: Apache-2.0

extension SQLiteStore {
    /// Sizes and periods; the defaults suit one machine with a hundred thousand objects.
    package struct Options: Sendable {
        /// How many connections read.
        package var readers = 2
        /// How many changes may wait for the disk before further ones are refused.
        package var pendingChanges = 8_192
        /// The most changes in one transaction.
        package var batchLimit = 512
        /// How many events are kept in memory for those who follow.
        package var recentEvents = 4_096
        /// How many revisions `run()` keeps as history: what a watch or a continued list can look back over a restart.
        package var keptRevisions: Int64 = 100_000
        /// How many rows one slice of compaction deletes; a writer waits for one slice at most.
        package var sliceRows: Int64 = 512
        /// How many free pages (of 8 KiB) stay in the file for what comes; further ones are given back, in slices.
        package var keptFreePages: Int64 = 2_048
        /// How many free pages one slice gives back.
        package var slicePages: Int64 = 64
        /// When the log has more pages than this after a checkpoint, the rest is copied while the writer waits.
        package var logPages: Int32 = 8_192
        /// The most pages (of 8 KiB) that the file may have; absent for what the disk has.
        package var maximumPages: Int64?
        /// How often `run()` looks what there is to do.
        package var period = Duration.seconds(1)

        package init() {}
    }
}

using System.Collections.Concurrent;

namespace Amazon.Lambda.Core;

/// <summary>Hooks for a function with SnapStart: what to do before the snapshot is taken and after it was restored.</summary>
public static class SnapshotRestore
{
    internal static ConcurrentStack<Func<ValueTask>> BeforeSnapshot { get; } = new();

    internal static ConcurrentQueue<Func<ValueTask>> AfterRestore { get; } = new();

    /// <summary>Adds a hook that runs before the snapshot; the last one added runs first.</summary>
    public static void RegisterBeforeSnapshot(Func<ValueTask> beforeSnapshotAction) => BeforeSnapshot.Push(beforeSnapshotAction);

    /// <summary>Adds a hook that runs after the restore; the first one added runs first.</summary>
    public static void RegisterAfterRestore(Func<ValueTask> afterRestoreAction) => AfterRestore.Enqueue(afterRestoreAction);
}

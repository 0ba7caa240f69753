namespace DomainFlow.Playbooks.Tests.Support;

internal static class Distance
{
    /// <summary>Good enough within a town.</summary>
    public static double Metres(double longitude, double latitude, double otherLatitude, double otherLongitude)
    {
        var east = (longitude - otherLongitude) * Math.Cos(latitude * Math.PI / 180) * 111_320;
        var north = (latitude - otherLatitude) * 111_320;
        return Math.Sqrt((east * east) + (north * north));
    }
}

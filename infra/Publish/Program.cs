using System.IO.Compression;
using DomainFlow.Publish;

// Zips one published function: FOLDER ZIP. Prints a line of ./publish's table. With --unzip: ZIP FOLDER, with the files' modes.
if (args is ["--unzip", var source, var target])
{
    await ZipFile.ExtractToDirectoryAsync(source, target, CancellationToken.None);
    return 0;
}

if (args is not [var folder, var zip])
{
    Console.Error.WriteLine("usage: Publish FOLDER ZIP | --unzip ZIP FOLDER");
    return 2;
}

var hash = await DeterministicZip.WriteAsync(folder, zip, "bootstrap", CancellationToken.None);
Console.WriteLine($"{Path.GetFileNameWithoutExtension(zip),-12} {new FileInfo(zip).Length / 1e6,8:F1}  {hash}");
return 0;

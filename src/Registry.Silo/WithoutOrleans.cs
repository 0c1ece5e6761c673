await Console.Error.WriteLineAsync("This build has no Orleans in it, and a silo is nothing else.");
return 2;

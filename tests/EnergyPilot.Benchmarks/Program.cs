Console.WriteLine("no verb");

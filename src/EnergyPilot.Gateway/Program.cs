Console.WriteLine("EnergyPilot");

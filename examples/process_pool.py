from multiprocessing import Pool, cpu_count

def cpu_task(n):
    return sum(i * i for i in range(n))

# Use multiprocessing for CPU-bound
if __name__ == "__main__":
    with Pool(cpu_count()) as pool:
        results = pool.map(cpu_task, [10**6] * 4)
        print(results)
